import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inFolder, noprop } from './noprop';

/** What version 0.1.0 itself said of its runs, and where it got to when it resumed the two that had not ended. */
interface Expected {
  readonly state: string;
  readonly step: number;
  readonly accuracy: number;
  readonly confusion: readonly (readonly number[])[];
  readonly labels: readonly string[];
  readonly resumed?: { readonly accuracy: number; readonly weights: string };
}

const kept = path.resolve('test/fixtures/0.1.0');
const expected = JSON.parse(readFileSync(path.join(kept, 'expected.json'), 'utf8')) as Record<string, Expected>;

describe('what version 0.1.0 wrote', function () {
  this.timeout(60_000);
  let dir: string;
  const at = (...names: string[]) => path.join(dir, ...names);
  const run = async (...args: string[]) => {
    const { status, stdout, stderr } = await noprop(...args);
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const evaluate = async (folder: string) =>
    JSON.parse(await run('evaluate', folder, '--json')) as Pick<Expected, 'accuracy' | 'confusion'>;

  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-'));
    cpSync(kept, dir, { recursive: true });
  });
  inFolder(() => dir);
  after(() => rmSync(dir, { recursive: true }));

  it('the set has every run that is expected', () => {
    assert.deepEqual(readdirSync(at('runs')).sort(), Object.keys(expected).sort());
  });

  for (const [id, { accuracy, confusion, labels }] of Object.entries(expected))
    it(`${id.slice(20)}: the run opens, scores and predicts as it did`, async () => {
      const found = await evaluate(at('runs', id));
      assert.equal(found.accuracy, accuracy);
      assert.deepEqual(found.confusion, confusion);
      await run('predict', at('runs', id), '--data', 'rows.csv', '--out', 'labels.csv', '--force');
      const lines = readFileSync(at('labels.csv'), 'utf8').trim().split('\n').slice(1);
      assert.deepEqual(
        lines.map((line) => line.split(',').at(-1)),
        labels,
      );
    });

  for (const [id, { step, resumed }] of Object.entries(expected))
    if (resumed)
      it(`${id.slice(20)}: the run goes on from step ${step} to the end that it had then`, async () => {
        await run('resume', at('runs', id), '--json');
        assert.equal((await evaluate(at('runs', id))).accuracy, resumed.accuracy);
        const weights = readFileSync(at('runs', id, 'weights.safetensors'));
        assert.equal(createHash('sha256').update(weights).digest('hex'), resumed.weights);
      });

  for (const name of readdirSync(kept).filter((file) => file.endsWith('.noprop.json')))
    it(`${name} opens without a problem`, async () => {
      await run('export', name, '--format', 'json', '--out', 'whole.json', '--force');
      const whole = JSON.parse(readFileSync(at('whole.json'), 'utf8')) as Record<string, unknown>;
      const given = JSON.parse(readFileSync(at(name), 'utf8')) as { name: string; model: { id: string } };
      assert.equal(whole.name, given.name);
      assert.equal((whole.model as { id: string }).id, given.model.id);
    });

  for (const [file, rows] of [
    ['kept-comparison.json', 9],
    ['kept-run-comparison.json', 4],
  ] as const)
    it(`${file} is shown again`, async () => {
      const { rows: found } = JSON.parse(await run('compare', '--open', file, '--json')) as { rows: unknown[] };
      assert.equal(found.length, rows);
    });
});

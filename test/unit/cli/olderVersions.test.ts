import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
      await run('predict', at('runs', id), '--data', 'rows.csv', '--out', 'labels.csv', '--force', '--labels-only');
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

  for (const [id, step] of [
    ['2026-11-28T05-31-30-old-ct', 20],
    ['2026-11-28T05-31-32-old-dt', 30],
  ] as const)
    it(`${id.slice(20)}: its checkpoint at step ${step} predicts`, async () => {
      const args = ['--data', 'rows.csv', '--out', 'labels.csv', '--force', '--checkpoint', String(step)];
      await run('predict', at('runs', id), ...args);
      assert.equal(readFileSync(at('labels.csv'), 'utf8').trim().split('\n').length, 1 + expected[id]!.labels.length);
    });

  it('old-ct: integrators are compared on the run', async () => {
    const args = ['--run', at('runs', '2026-11-28T05-31-30-old-ct'), '--steps', '4,8', '--methods', 'euler', '--json'];
    const { rows } = JSON.parse(await run('compare', 'ct.noprop.json', ...args)) as { rows: unknown[] };
    assert.equal(rows.length, 2);
  });

  it('all runs are listed, and none is damaged', async () => {
    const { runs, damaged } = JSON.parse(await run('list', 'runs', '--json')) as Record<string, { id: string }[]>;
    assert.deepEqual([runs!.map(({ id }) => id).sort(), damaged], [Object.keys(expected).sort(), []]);
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

describe('what a newer version wrote', () => {
  let dir: string;
  const at = (...names: string[]) => path.join(dir, ...names);
  const change = (file: string, fields: object) =>
    writeFileSync(at(file), JSON.stringify({ ...(JSON.parse(readFileSync(at(file), 'utf8')) as object), ...fields }));
  const refused = async (...args: string[]) => {
    const { status, stderr } = await noprop(...args);
    assert.equal(status, 2, stderr);
    return stderr;
  };
  const old = 'runs/2026-11-28T05-31-30-old-ct';

  beforeEach(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-'));
    cpSync(kept, dir, { recursive: true });
  });
  afterEach(() => rmSync(dir, { recursive: true }));

  it('a run is refused by its format, and stays in the list', async () => {
    change(`${old}/run.json`, { version: 2 });
    const why = /written by NoProp Lab with run format 2; this version reads up to 1: update the extension/;
    assert.match(await refused('evaluate', at(old)), why);
    assert.match(await refused('resume', at(old)), why);
    const { stdout } = await noprop('list', at('runs'));
    assert.match(stdout, /old-ct.*run format 2; this version reads up to 1/);
    assert.match(stdout, /old-dt/);
  });

  it('an experiment and a comparison are refused by their formats', async () => {
    change('ct.noprop.json', { version: 2 });
    assert.match(
      await refused('export', at('ct.noprop.json'), '--format', 'json', '--out', at('x')),
      /version 2 is newer/,
    );
    change('kept-comparison.json', { version: 2 });
    assert.match(
      await refused('compare', '--open', at('kept-comparison.json')),
      /written by NoProp Lab with comparison format 2; this version reads up to 1: update the extension/,
    );
  });
});

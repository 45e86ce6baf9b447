import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseExperiment } from '../../../src/core/experiment/document';
import { noprop } from './noprop';

const sd3 = '{"_class_name": "FlowMatchEulerDiscreteScheduler", "_diffusers_version": "0.29.0", "shift": 3.0}';

describe('import of files of other programs in a terminal', () => {
  let dir: string;
  before(() => (dir = mkdtempSync(path.join(tmpdir(), 'noprop-'))));
  after(() => rmSync(dir, { recursive: true }));
  const file = (name: string, text: string | Uint8Array) => {
    writeFileSync(path.join(dir, name), text);
    return path.join(dir, name);
  };

  it('says what was used, what was not and what is assumed, and what was made', async () => {
    const { status, stdout, stderr } = await noprop('import', file('scheduler_config.json', sd3));
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /schedule: Rectified flow, m 3\n/);
    assert.match(
      stdout,
      /\nUsed:\n[^]* shift = 3: [^]*\nNot used:\n {2}_diffusers_version = "0\.29\.0"[^]*\nAssumed:\n/,
    );
  });

  it('--json answers experiment, used, unused, assumed and warnings; --out writes the experiment', async () => {
    const from = file('scheduler_config.json', sd3);
    const out = path.join(dir, 'sd3.noprop.json');
    const { stdout } = await noprop('import', from, '--out', out, '--json');
    const answer = JSON.parse(stdout) as Record<string, unknown>;
    assert.deepEqual(Object.keys(answer), ['experiment', 'format', 'used', 'unused', 'assumed', 'warnings']);
    const { experiment, problems } = parseExperiment(readFileSync(out, 'utf8'));
    assert.deepEqual([problems, experiment], [[], answer.experiment]);
    const again = await noprop('import', from, '--out', out);
    assert.deepEqual([again.status, again.stderr.includes('exists: give another name, or --force')], [2, true]);
    assert.equal((await noprop('import', from, '--out', out, '--force')).status, 0);
  });

  it('schedule takes an experiment, or any file that can be imported, where an id stands', async () => {
    const gamma = async (...args: string[]) => {
      const { stdout } = await noprop('schedule', ...args, '--at', '0.5', '--json');
      return (JSON.parse(stdout) as { rows: [{ logSnr: number }] }).rows[0].logSnr;
    };
    const expected = -2 * Math.log(3);
    const config = file('scheduler_config.json', sd3);
    assert.ok(Math.abs((await gamma(config)) - expected) < 1e-12);
    await noprop('import', config, '--out', path.join(dir, 'again.noprop.json'));
    assert.ok(Math.abs((await gamma(path.join(dir, 'again.noprop.json'))) - expected) < 1e-12);
    const flux = file('flux.json', '{"_class_name": "FlowMatchEulerDiscreteScheduler", "use_dynamic_shifting": true}');
    assert.ok(Math.abs((await gamma(flux, '--sequence-length', '1024')) + 2 * 0.63) < 1e-12);
    assert.ok(Math.abs((await gamma(file('a.txt', '0.8 0.5'), '--as', 'alphas-cumprod')) - Math.log(4)) < 1e-12);
    const steps = await noprop('schedule', file('t.txt', '999 500 1'));
    assert.match(steps.stderr, /says where steps begin, and nothing of the noise/);
  });

  it('bad input has its message and exit code 2', async () => {
    for (const [args, message] of [
      [[file('other.json', '{"a": 1}')], /describes no noise schedule that is known here: its keys are a/],
      [
        [file('x.json', sd3), '--sequence-length', '0'],
        /--sequence-length must be a whole number of at least 1: got 0/,
      ],
      [[file('x.json', sd3), '--as', 'csv'], /unknown format "csv": choose one of diffusers/],
      [[file('x.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 1))], /is no table: .* so it is a PNG picture/],
      [[path.join(dir, 'none.json')], /cannot be read: there is no such file/],
      [[dir], /is a folder: only regular files are read/],
      [[file('w.safetensors', 'abc')], /not a safetensors file: its header is cut short/],
    ] as const) {
      const { status, stderr } = await noprop('import', ...args);
      assert.equal(status, 2, stderr);
      assert.match(stderr, message);
    }
  });
});

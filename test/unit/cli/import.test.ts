import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Experiment } from '../../../src/core/experiment/experiment';
import { readPythonJson } from '../../../src/core/text/pythonJson';
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

  it('a dynamic shift takes the length that is given, else the largest of the file, and says so', async () => {
    const flux = file('flux.json', '{"_class_name": "FlowMatchEulerDiscreteScheduler", "use_dynamic_shifting": true, "max_image_seq_len": 4096}'); // prettier-ignore
    const read = async (...args: string[]) => {
      const { stdout } = await noprop('import', flux, ...args, '--json');
      const { experiment, assumed } = JSON.parse(stdout) as { experiment: Experiment; assumed: { key: string; value: string }[] }; // prettier-ignore
      const length = assumed.find(({ key }) => key === 'sequence length')?.value;
      return [experiment.schedules[0]!.params.shift!.toFixed(7), length];
    };
    assert.deepEqual(await read(), ['3.1581929', '4096']);
    assert.deepEqual(await read('--sequence-length', '4096'), ['3.1581929', undefined]);
    assert.deepEqual(await read('--sequence-length', '1024'), ['1.8776106', undefined]);
  });

  it('exports an imported scheduler as it was, and what has changed in it', async () => {
    const text = '{"_class_name": "PNDMScheduler", "_diffusers_version": "0.6.0", "skip_prk_steps": true, "steps_offset": 1, "mine": -Infinity}'; // prettier-ignore
    const [experiment, out] = [path.join(dir, 'pndm.noprop.json'), path.join(dir, 'back.json')];
    await noprop('import', file('pndm.json', text), '--out', experiment);
    assert.equal((await noprop('export', experiment, '--format', 'diffusers', '--out', out)).status, 0);
    assert.equal(readFileSync(out, 'utf8'), `${text}\n`);
    const changed = readFileSync(experiment, 'utf8').replace('"betaEnd": 0.02', '"betaEnd": 0.012');
    await noprop('export', file('changed.noprop.json', changed), '--format', 'diffusers', '--out', out, '--force');
    const keys = readPythonJson(readFileSync(out, 'utf8')) as Record<string, unknown>;
    assert.deepEqual([keys._class_name, keys.beta_end, keys.mine], ['PNDMScheduler', 0.012, -Infinity]);
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
      [[file('c.json', `<<<<<<< HEAD\n${sd3}\n=======\n{}\n>>>>>>> x`)], /line 1 is the mark of a merge conflict/],
      [[file('long.json', '{"_class_name": "DDPMScheduler", "num_train_timesteps": 1e12}')], /num_train_timesteps must be a whole number from 2 to 100000: got 1000000000000/], // prettier-ignore
      [[file('type.json', '{"_class_name": "DDPMScheduler", "beta_start": "small"}')], /beta_start must be a number greater than 0 and less than 1: got "small"/], // prettier-ignore
      [[file('two.json', '{"_class_name": "DDPMScheduler", "_class_name": "PNDMScheduler"}')], /stands twice, as "DDPMScheduler" and as "PNDMScheduler"/], // prettier-ignore
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

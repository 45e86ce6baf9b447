import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import { startBackend, type Backend } from '../../../src/trainer/engine/backend';
import { systemDisk, type RunDisk } from '../../../src/trainer/runs/disk';
import { readRecord } from '../../../src/trainer/runs/runFolder';
import type { SessionOptions } from '../../../src/trainer/runs/runSession';
import { trainRun } from '../../../src/trainer/runs/trainRun';
import { LocalStepRunner } from '../../../src/trainer/training/stepRunner';
import { differences, stepsApart } from '../support/kills';

const learned = { id: 'learned', params: { gammaMin: -5, gammaMax: 6 } };
/** Every kind of training, and settings that have a part in the state. */
const KINDS: Readonly<Record<string, readonly [training: object, rest?: object]>> = {
  'CT with an average': [{ averaging: 0.9, warmup: 5, weightDecay: 0.01 }],
  'CT with a learned schedule, averaged': [{ averaging: 0.9 }, { schedules: [learned] }],
  'CT with embeddings and read-out in training': [{}, { model: { hidden: [8], embedding: { id: 'learned' }, readout: 'linear' } }], // prettier-ignore
  'CT that stops early': [{ learningRate: 0.3, patience: 9, validationShare: 0.3 }],
  'CT that diverges': [{ learningRate: 1, weightCap: 1e300 }, { schedules: [{ id: 'linear-gamma', params: { gammaMin: -15, gammaMax: 300 } }], window: { logSnr: 300 } }], // prettier-ignore
  DT: [{ averaging: 0.9 }, { model: { id: 'dt', blocks: 3, hidden: [8] } }],
  FM: [{}, { model: { id: 'fm', hidden: [8] } }],
  backprop: [{ averaging: 0.9 }, { model: { id: 'backprop', hidden: [8] } }],
};

/** Takes steps so slowly that the disk keeps up, as in a training that is worth a save. */
class SlowRunner extends LocalStepRunner {
  override async advance(...args: Parameters<LocalStepRunner['advance']>): Promise<boolean> {
    await setTimeout(30);
    return super.advance(...args);
  }
}

describe('trainer: a save of a run', function () {
  this.timeout(60_000);
  let dir = '';
  let backend: Backend;
  const experimentOf = ([training, rest = {}]: readonly [object, object?]): Experiment =>
    experimentSchema.parse({
      version: 1,
      name: 'Saved',
      schedules: [{ id: 'linear-gamma' }],
      data: { id: 'two-moons', params: { n: 120, noise: 0.3 } },
      model: { hidden: [8] },
      training: { steps: 203, batch: 16, checkpoints: 70, ...training },
      ...rest,
    });
  const train = (experiment: Experiment, runs: string, options: Partial<SessionOptions> = {}, resume?: string) =>
    trainRun({ experiment, folder: '.', runs, resume }, { backend, ...options });

  before(async () => {
    backend = await startBackend(path.resolve('dist'));
    dir = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-commits-'));
  });
  after(() => fs.rm(dir, { recursive: true }));

  /** A disk after each of whose changes the run's folder is copied: what a kill at that moment would leave. */
  function copying(copies: string[], to: string): Partial<SessionOptions> {
    const disk: RunDisk = {
      ...systemDisk,
      async rename(from, file) {
        await systemDisk.rename(from, file);
        const run = file.includes('checkpoints') ? path.dirname(path.dirname(file)) : path.dirname(file);
        const copy = path.join(to, `${copies.length}`, path.basename(run));
        await fs.cp(run, copy, { recursive: true });
        await fs.rm(path.join(copy, 'run.lock'), { force: true });
        copies.push(copy);
      },
    };
    return { disk, start: (plan, resume) => new SlowRunner(plan, resume) };
  }

  for (const [name, settings] of Object.entries(KINDS))
    it(`${name}: a kill after any write leaves a run of one step, which goes on to the very same bytes`, async () => {
      const experiment = experimentOf(settings);
      const [runs, to] = [path.join(dir, name), path.join(dir, `${name}, killed`)];
      const whole = await train(experiment, runs);
      const copies: string[] = [];
      const copied = await train(experiment, runs, copying(copies, to));
      const wanted = path.join(runs, whole.id);
      assert.deepEqual(differences(path.join(runs, copied.id), wanted), []);
      assert.ok(copies.length > (whole.state === 'diverged' ? 8 : 12), `${copies.length} copies`);
      const listed = [];
      for (const copy of copies)
        if (await readRecord(copy).catch(() => undefined)) {
          assert.deepEqual(await stepsApart(copy), [], copy);
          listed.push(copy);
        }
      assert.ok(listed.length > copies.length - 4, 'a run is listed from its first save on');
      for (const [k, copy] of listed.entries()) {
        const { state } = await readRecord(copy);
        if (state !== 'interrupted' || k % 5 !== listed.length % 5) continue;
        const done = await train(experiment, path.dirname(copy), {}, path.basename(copy));
        assert.equal(done.state, whole.state);
        assert.deepEqual(differences(copy, wanted), [], copy);
      }
    });

  it('a stop leaves scores over all rows, which are not in the metrics of the run that goes on', async () => {
    const experiment = experimentOf([{ steps: 8000, averaging: 0.9 }]);
    const runs = path.join(dir, 'stopped');
    const whole = await train(experiment, runs);
    const stopping = new AbortController();
    const stopped = await train(experiment, runs, {
      signal: stopping.signal,
      onProgress: ({ step }) => step > 0 && stopping.abort(),
    });
    assert.equal(stopped.state, 'stopped');
    const run = path.join(runs, stopped.id);
    assert.deepEqual(await stepsApart(run), []);
    const lines = (await fs.readFile(path.join(run, 'metrics.csv'), 'utf8')).trim().split('\n');
    assert.match(lines.at(-1)!, new RegExp(`^${stopped.step},`));
    assert.ok(stopped.testAccuracy! > 0.4);
    await train(experiment, runs, {}, stopped.id);
    assert.deepEqual(differences(run, path.join(runs, whole.id)), []);
  });

  it('files that follow are written again by whoever opens the run, and read from the state where they cannot be', async () => {
    const runs = path.join(dir, 'behind');
    const copies: string[] = [];
    await train(experimentOf([{}]), runs, copying(copies, path.join(runs, 'copies')));
    const steps = async (copy: string) => (JSON.parse(await fs.readFile(path.join(copy, 'run.json'), 'utf8')) as { step: number }).step; // prettier-ignore
    const after = await Promise.all(copies.map((copy) => steps(copy).catch(() => -1)));
    const behind = copies[after.findIndex((step, k) => step > 0 && after[k + 4]! > step) + 1]!; // the state alone is newer
    const [old] = [await steps(behind)];
    const half = path.join(behind, `.run.json.${randomUUID()}.tmp`);
    await fs.writeFile(half, '{');
    const { step } = await readRecord(behind);
    await assert.rejects(fs.access(half), 'what was half written is gone');
    assert.ok(step > old, `${step} > ${old}`);
    assert.equal(await steps(behind), step);
    await fs.rm(path.join(behind, 'run.json'));
    assert.deepEqual(await stepsApart(behind), [], 'the record is made again of the state');
  });
});

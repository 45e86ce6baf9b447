import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { experimentSchema } from '../../../src/core/experiment/experiment';
import { InputError } from '../../../src/core/registry/problem';
import type { TrainingProgress } from '../../../src/protocol/progress';
import { startBackend, type Backend } from '../../../src/trainer/engine/backend';
import { systemDisk, type RunDisk } from '../../../src/trainer/runs/disk';
import { readRecord } from '../../../src/trainer/runs/runFolder';
import { RunIndex } from '../../../src/trainer/runs/runIndex';
import type { SessionOptions } from '../../../src/trainer/runs/runSession';
import { trainRun } from '../../../src/trainer/runs/trainRun';
import { LocalStepRunner } from '../../../src/trainer/training/stepRunner';
import { eventually } from '../../harness/wait';
import { differences, stepsApart } from '../support/kills';

const experiment = experimentSchema.parse({
  version: 1,
  name: 'Full',
  schedules: [{ id: 'linear-gamma' }],
  data: { id: 'two-moons', params: { n: 120 } },
  model: { hidden: [8] },
  training: { steps: 200, batch: 16, checkpoints: 30 },
});

/** A disk that refuses to write while it has an error. */
class SickDisk implements RunDisk {
  code = '';
  makeFolder = (folder: string) => this.unless('makeFolder', () => systemDisk.makeFolder(folder));
  write: RunDisk['write'] = (file, content) => this.unless('write', () => systemDisk.write(file, content));
  create: RunDisk['create'] = (file, content) => this.unless('create', () => systemDisk.create(file, content));
  rename: RunDisk['rename'] = (from, to) => this.unless('rename', () => systemDisk.rename(from, to));
  remove: RunDisk['remove'] = (file) => systemDisk.remove(file);
  syncFolder: RunDisk['syncFolder'] = (folder) => systemDisk.syncFolder(folder);

  private unless(call: string, work: () => Promise<void>): Promise<void> {
    if (!this.code) return work();
    return Promise.reject(Object.assign(new Error(`${this.code}: sick, ${call}`), { code: this.code }));
  }
}

describe('trainer: a save that fails', function () {
  this.timeout(60_000);
  let runs = '';
  let backend: Backend;
  let disk: SickDisk;
  let progress: TrainingProgress[];
  /** What is done before each turn of the training; a test may wait there. */
  let beforeTurn: (step: number) => unknown;

  /** Takes one evaluation's worth of steps a turn, after what the test wants. */
  class SteppedRunner extends LocalStepRunner {
    override async advance(...args: Parameters<LocalStepRunner['advance']>): Promise<boolean> {
      await beforeTurn(this.step);
      await setTimeout(10);
      return super.advance(...args);
    }
  }
  const train = (options: Partial<SessionOptions> = {}, resume?: string) =>
    trainRun(
      { experiment, folder: '.', runs, resume },
      {
        ...{ backend, disk, start: (plan, state) => new SteppedRunner(plan, state) },
        onProgress: (one) => progress.push(one),
        ...options,
      },
    );
  const problem = () => progress.at(-1)?.saveProblem;

  before(async () => void (backend = await startBackend(path.resolve('dist'))));
  beforeEach(async () => {
    runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-full-'));
    disk = new SickDisk();
    progress = [];
    beforeTurn = () => undefined;
  });
  afterEach(() => fs.rm(runs, { recursive: true, force: true }));

  for (const [code, words] of [
    ['ENOSPC', /the disk is full; make room on that disk/],
    ['EDQUOT', /your share of the disk is full; delete files of yours/],
    ['EROFS', /the disk can only be read; make that disk writable/],
    ['EACCES', /the system does not permit it; permit writing there/],
    ['EIO', /the disk has an error; check that disk/],
  ] as const)
    it(`${code}: the training goes on, it is said at once in words, and all is saved once that is possible`, async () => {
      const whole = path.join(runs, (await train()).id);
      progress = [];
      beforeTurn = async (step) => {
        if (step === 80) disk.code = code;
        if (step >= 120 && disk.code) {
          await eventually('it is said', () => problem() !== undefined);
          disk.code = '';
        }
      };
      const record = await train();
      const said = progress.find(({ saveProblem }) => saveProblem !== undefined)!;
      assert.match(said.saveProblem!, words);
      assert.ok(said.saveProblem!.includes(path.join(runs, record.id)) && !said.saveProblem!.includes(code));
      assert.ok(said.keptStep! <= 80, `${said.keptStep}`);
      assert.ok(said.saveProblem!.includes(`step ${said.keptStep} is kept`));
      assert.equal(record.state, 'done');
      assert.equal(problem(), undefined, 'a save has worked again');
      assert.deepEqual(differences(path.join(runs, record.id), whole), []);
    });

  it('while saves fail, the record on disk is of the step that is kept, from which the run can be resumed', async () => {
    const whole = path.join(runs, (await train()).id);
    const stopping = new AbortController();
    let kept = 0;
    beforeTurn = async (step) => {
      if (step === 100) disk.code = 'ENOSPC';
      if (step < 140) return;
      await eventually('it is said', () => problem() !== undefined);
      const [run] = (await new RunIndex(runs).list()).rows;
      kept = progress.at(-1)!.keptStep!;
      // The state may be ahead of a record that the disk did not take any more.
      assert.ok(run!.step <= kept && kept <= 100, `${run!.step}, ${kept}`);
      await fs.cp(path.join(runs, run!.id), path.join(runs, 'copy'), { recursive: true });
      disk.code = '';
      stopping.abort();
    };
    const { state, message } = await train({ signal: stopping.signal });
    assert.deepEqual([state, message], ['stopped', undefined]);
    beforeTurn = () => undefined;
    const copy = path.join(runs, 'copy');
    await fs.rm(path.join(copy, 'run.lock'));
    const { state: found, step } = await readRecord(copy);
    assert.deepEqual([found, step], ['interrupted', kept]);
    assert.deepEqual(await stepsApart(copy), []);
    await train({}, 'copy');
    assert.deepEqual(differences(copy, whole), []);
  });

  it('a folder that is deleted under the training is made again, with all but the checkpoints that were in it', async () => {
    const whole = path.join(runs, (await train()).id);
    let run = '';
    beforeTurn = async (step) => {
      if (step !== 100) return;
      await eventually('a checkpoint is there', () => fs.access(path.join(run, 'checkpoints', 'step-90.safetensors')).then(() => true)); // prettier-ignore
      await fs.rm(run, { recursive: true, maxRetries: 5 });
    };
    const record = await train({ onStarted: ({ id }) => void (run = path.join(runs, id)) });
    assert.equal(record.state, 'done');
    assert.deepEqual(
      differences(run, whole).filter((one) => !one.startsWith('state')),
      [...[30, 60, 90].map((step) => `${path.join('checkpoints', `step-${step}.safetensors`)}: only in one`), 'run.json'], // prettier-ignore
    );
    assert.deepEqual(record.checkpoints, [120, 150, 180]);
  });

  it('the end of a training waits in memory for the disk, says what a stop would lose, and is then saved', async () => {
    beforeTurn = (step) => {
      if (step >= 160) disk.code = 'ENOSPC';
    };
    const ended = train();
    await eventually('it has ended', () => /has ended and waits in memory .* after step \d+ is lost/.test(problem() ?? '')); // prettier-ignore
    disk.code = '';
    const record = await ended;
    assert.deepEqual([record.state, record.step], ['done', 200]);
    assert.deepEqual(await stepsApart(path.join(runs, record.id)), []);
  });

  it('where that is given up, the answer says what is lost, and the rest can be resumed', async () => {
    const whole = path.join(runs, (await train()).id);
    progress = [];
    const stopping = new AbortController();
    beforeTurn = (step) => {
      if (step >= 160) disk.code = 'ENOSPC';
    };
    const ended = train({ signal: stopping.signal });
    await eventually('it has ended', () => (problem() ?? '').includes('has ended'));
    stopping.abort();
    const record = await ended;
    assert.equal(record.state, 'interrupted');
    assert.match(record.message!, new RegExp(`all after step ${record.step} is lost`));
    disk.code = '';
    beforeTurn = () => undefined;
    assert.equal((await readRecord(path.join(runs, record.id))).step, record.step);
    await train({}, record.id);
    assert.deepEqual(differences(path.join(runs, record.id), whole), []);
  });

  it('a training that cannot be saved at all is refused before it starts, with the reason, and leaves nothing', async () => {
    disk.code = 'EROFS';
    const refused = (error: unknown) =>
      error instanceof InputError && error.message.endsWith("can only be read; make that disk writable. The training was not started"); // prettier-ignore
    await assert.rejects(train(), refused);
    disk.code = '';
    const { write } = disk;
    disk.write = (file, content) => (file.includes('state.safetensors') ? Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' })) : write(file, content)); // prettier-ignore
    await assert.rejects(train(), /the disk is full; make room on that disk\. The training was not started/);
    assert.deepEqual(await fs.readdir(runs), []);
    assert.equal(progress.length, 0);
  });

  it('two who go on with one run at once: one does, the other is refused by name', async () => {
    const stopping = new AbortController();
    beforeTurn = (step) => step >= 100 && stopping.abort();
    const { id } = await train({ signal: stopping.signal });
    beforeTurn = () => undefined;
    const both = await Promise.allSettled([train({}, id), train({}, id)]);
    const done = both.flatMap((one) => (one.status === 'fulfilled' ? [one.value.state] : []));
    assert.deepEqual(done, ['done']);
    const refused = both.find((one) => one.status === 'rejected')!;
    assert.match(
      String(refused.reason),
      new RegExp(`the run ${id} is being trained by process ${process.pid} on host`),
    );
    await assert.rejects(train({}, id), /Full is done: only a run that was stopped or interrupted can go on/);
  });

  it('a training whose run another has taken over ends without a write, and says so', async () => {
    let run = '';
    beforeTurn = async (step) => {
      if (step !== 100) return;
      const file = path.join(run, 'run.lock');
      const lock = JSON.parse(await fs.readFile(file, 'utf8')) as object;
      await fs.writeFile(file, JSON.stringify({ ...lock, process: 7, token: 'other' }));
    };
    const record = await train({ onStarted: ({ id }) => void (run = path.join(runs, id)) });
    assert.equal(record.state, 'interrupted');
    assert.match(record.message!, /is being trained by process 7 .* all after step \d+ is lost/);
    assert.ok(record.step <= 100);
    assert.equal((JSON.parse(await fs.readFile(path.join(run, 'run.lock'), 'utf8')) as { process: number }).process, 7);
  });
});

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { lockRun } from '../../../src/trainer/runs/runLock';
import { sweepRun, sweepRuns } from '../../../src/trainer/runs/sweepRuns';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import { eventually } from '../../harness/wait';

describe('trainer: what dead writers left among the runs', () => {
  let runs = '';
  const long = new Date(Date.now() - 3_600_000);
  const temporary = (name: string) => `.${name}.${randomUUID()}.tmp`;

  /** Makes a folder of a run with these files, all of an hour ago. */
  async function folder(name: string, ...files: string[]): Promise<string> {
    const run = path.join(runs, `2026-01-02T03-04-05-${name}`);
    await fs.mkdir(path.join(run, 'checkpoints'), { recursive: true });
    for (const file of files) {
      await fs.writeFile(path.join(run, file), '{}');
      await fs.utimes(path.join(run, file), long, long);
    }
    if (!files.some((file) => file.startsWith('checkpoints'))) await fs.rmdir(path.join(run, 'checkpoints'));
    await fs.utimes(run, long, long);
    return run;
  }
  const left = async () => (await fs.readdir(runs)).map((name) => name.slice(20)).sort();

  beforeEach(async () => (runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-sweep-'))));
  afterEach(() => fs.rm(runs, { recursive: true }));

  it('a folder in which nothing was saved goes; one with files of a person, or that is young, stays', async () => {
    await folder('orphan', 'experiment.json', 'run.lock');
    await folder('torn', 'experiment.json', temporary('state.safetensors'));
    await folder('notes', 'experiment.json', 'notes.txt');
    await fs.utimes(await folder('young', 'experiment.json'), new Date(), new Date());
    await folder('whole', 'experiment.json', 'run.json', 'weights.safetensors');
    await fs.mkdir(path.join(runs, 'a-folder-of-somebody'));
    await sweepRuns(runs);
    assert.deepEqual(await left(), ['', 'notes', 'whole', 'young']);
  });

  it('temporary files of dead writers go; those of a living one, young ones and others stay', async () => {
    const files = [temporary('state.safetensors'), `checkpoints/${temporary('step-20.safetensors')}`, 'run.lock.claim'];
    const run = await folder('dead', 'run.json', 'mine.tmp', ...files);
    const alive = await folder('alive', 'run.json', temporary('state.safetensors'));
    const held = await lockRun(alive);
    await fs.writeFile(path.join(run, temporary('metrics.csv')), '');
    await sweepRuns(runs);
    assert.deepEqual((await fs.readdir(run)).map((name) => name.split('.').slice(0, 2).join('.')).sort(), [
      '.metrics',
      'checkpoints',
      'mine.tmp',
      'run.json',
    ]);
    assert.deepEqual(await fs.readdir(path.join(run, 'checkpoints')), []);
    assert.equal((await fs.readdir(alive)).length, 3);
    await held.release();
    await sweepRun(run); // whoever holds the lock need not wait
    assert.deepEqual((await fs.readdir(run)).sort(), ['checkpoints', 'mine.tmp', 'run.json']);
  });

  it('the next training sweeps', async () => {
    await folder('orphan', 'experiment.json', 'run.lock');
    const experiment = { name: 'No' } as never;
    await new TrainerService(path.resolve('dist')).call('train', [{ experiment, folder: '.', runs }]).catch(() => undefined); // prettier-ignore
    await eventually('it is swept', async () => !(await left()).includes('orphan'));
  });
});

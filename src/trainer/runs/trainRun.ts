import fs from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/registry/problem';
import { checkRunId } from '../../core/runs/ids';
import type { RunRecord, TrainTask } from '../../core/runs/record';
import { loadData } from '../data/load';
import { checkUnchanged } from '../data/preparedData';
import type { TrainingState } from '../training/models/trainingState';
import { planTraining, type TrainingPlan } from '../training/plan';
import { systemDisk } from './disk';
import { newRecord } from './newRecord';
import { createRun, readRecord, readRunExperiment, readTrainingState } from './runFolder';
import { lockRun, type HeldLock } from './runLock';
import { RunSession, type SessionOptions } from './runSession';
import { writeProblem } from './saveProblem';
import { sweepRun } from './sweepRuns';

/** What a task trains, from the start or from where a run stopped. */
export interface PlannedRun {
  /** The folder of the run that is resumed, and its record. */
  readonly run: string | undefined;
  readonly record: RunRecord | undefined;
  /** What paths in the experiment are relative to. */
  readonly source: string;
  readonly plan: TrainingPlan;
}

/** Plans a task. An InputError where it cannot be trained. */
export async function planRun(task: TrainTask): Promise<PlannedRun> {
  const run = task.resume === undefined ? undefined : path.join(task.runs, checkRunId(task.resume));
  const experiment = run ? await readRunExperiment(run) : task.experiment;
  const record = run ? await readRecord(run) : undefined;
  const source = record?.data.folder ?? task.folder;
  const data = await loadData(experiment, source, task.files);
  if (record) checkUnchanged(record, data);
  return { run, record, source, plan: planTraining(experiment, data) };
}

/**
 * Trains a task in a run's folder, from the start or from where a run stopped. Returns the record however the training
 * ended. An InputError, before the folder is made or changed, where the experiment or its data cannot be trained, where
 * another trains the run, or where it cannot be saved at all.
 */
export async function trainRun(task: TrainTask, options: SessionOptions): Promise<RunRecord> {
  const { run, source, plan, record: planned } = await planRun(task);
  if (run) return resumeRun(run, { plan, source, name: planned!.name }, options);
  const { runs, group, beside } = task;
  const folder = await createRun(runs, plan.experiment, options.disk, beside).catch((error: unknown) => {
    throw new InputError(`${writeProblem(runs, error)}. The training was not started`);
  });
  try {
    const lock = await lockFolder(folder, options);
    return await new RunSession(plan, options, lock, newRecord(folder, plan, { ...options, source, group })).train();
  } catch (error) {
    await fs.rm(folder, { recursive: true, force: true }).catch(() => undefined); // nothing of it was saved
    throw error;
  }
}

/** Goes on with a run. What it says is read once more when nobody else can write to it. */
async function resumeRun(
  run: string,
  { plan, source, name }: { plan: TrainingPlan; source: string; name: string },
  options: SessionOptions,
): Promise<RunRecord> {
  const lock = await lockFolder(run, options);
  let before: RunRecord;
  let state: TrainingState;
  try {
    await sweepRun(run);
    before = await readRecord(run);
    if (before.state === 'done' || before.state === 'diverged')
      throw new InputError(`${name} is ${before.state}: only a run that was stopped or interrupted can go on`);
    state = await readTrainingState(run);
  } catch (error) {
    await lock.release();
    throw error;
  }
  return new RunSession(plan, options, lock, newRecord(run, plan, { ...options, source, before })).train(state);
}

/** Takes a run's lock. An InputError where another has it, or where it cannot be written. */
const lockFolder = (run: string, { disk = systemDisk }: SessionOptions): Promise<HeldLock> =>
  lockRun(run, 'training', disk).catch((error: unknown) => {
    throw error instanceof InputError ? error : new InputError(writeProblem(run, error));
  });

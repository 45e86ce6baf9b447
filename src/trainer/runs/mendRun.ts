import * as jsonc from 'jsonc-parser';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../../core/experiment/experiment';
import { learnsSchedule } from '../../core/experiment/learnedSchedule';
import { InputError } from '../../core/registry/problem';
import { scoresAt } from '../../core/runs/metrics';
import { RUN_FORMAT, recordFields, type DataRecord, type LearnedRecord, type RunRecord } from '../../core/runs/record';
import { checkFormat } from '../../core/runs/parseRecord';
import { loadData } from '../data/load';
import { scheduleWeights } from '../training/optimiser/scheduleTensors';
import { totalSize, weightsUnder, type Weights } from '../network/tensors';
import { dataRecord, learnedRecord } from './newRecord';
import { readRunExperiment, readRunMetrics, readStoredRecord, readTrainingState, readWeightsFile, writeRecord } from './runFolder'; // prettier-ignore
import { lockRun } from './runLock';

/** Makes the record of a run again of its other files, where it is damaged. An InputError where they do not suffice. */
export async function mendRun(run: string): Promise<RunRecord> {
  const lock = await lockRun(run, 'repair');
  try {
    const whole = await readStoredRecord(run).catch(() => undefined);
    if (whole) return whole;
    const record = await recordOfFiles(run);
    await writeRecord(run, record);
    return record;
  } finally {
    await lock.release();
  }
}

/** The fields of a record of which no other file of a run has a trace. */
const UNKNOWN = { seconds: 0, process: 0, versions: {}, backend: 'unknown', kernels: 'unknown' } as const;

/** A record of what is left of run.json and, for all else, of the run's other files. */
async function recordOfFiles(run: string): Promise<RunRecord> {
  const experiment = await readRunExperiment(run);
  const kept = await fields(run);
  const state = await readTrainingState(run).catch(() => undefined);
  const file = await readWeightsFile(run).catch(() => undefined);
  if (!file) throw new InputError(`${experiment.name} cannot be mended: its weights cannot be read either`);
  const weights = weightsUnder(file.tensors);
  const metrics = await readRunMetrics(run);
  const step = state?.step ?? Number(file.metadata.step ?? 0);
  const { steps } = experiment.training;
  const learned = kept.learned ?? learnedOf(experiment, weights);
  const loss = metrics.loss.at(-1);
  const times = await timesOf(run);
  return {
    ...UNKNOWN,
    ...times,
    ...scoresAt(metrics),
    ...(loss !== undefined && Number.isFinite(loss) && { loss }),
    parameters: totalSize(Object.fromEntries(Object.entries(weights).map(([name, { length }]) => [name, [length]]))),
    message: 'its record was damaged, and made again of its other files',
    ...kept,
    ...(learned && { learned }),
    checkpoints: await checkpointsOf(run),
    version: RUN_FORMAT,
    id: path.basename(run),
    name: experiment.name,
    model: experiment.model.id,
    seed: experiment.seed,
    state: endOf(kept.state, step, steps),
    step,
    steps: kept.steps ?? Math.max(step, steps),
    data: kept.data ?? (await dataOf(experiment)),
  };
}

/** A run that stopped before its end can go on; it is not known any more why it stopped. */
function endOf(state: RunRecord['state'] | undefined, step: number, steps: number): RunRecord['state'] {
  if (state !== undefined && state !== 'running') return state;
  return step >= steps ? 'done' : 'stopped';
}

/** The fields of run.json that are as they should be, however the rest of it is. */
async function fields(run: string): Promise<Partial<RunRecord>> {
  const text = await fs.readFile(path.join(run, 'run.json'), 'utf8').catch(() => '');
  const errors: jsonc.ParseError[] = [];
  const found = Object.entries((jsonc.parse(text, errors) as object | undefined) ?? {});
  const { version } = Object.fromEntries(found) as { version?: unknown };
  checkFormat(path.basename(run), 'run', version, RUN_FORMAT);
  if (errors.length) found.pop(); // where a text was cut, its last value may have been cut too
  const read = found.flatMap(([key, value]) => {
    const schema = Object.hasOwn(recordFields, key) ? recordFields[key as keyof typeof recordFields] : undefined;
    const { success, data } = schema?.safeParse(value) ?? { success: false };
    return success && data !== undefined ? [[key, data] as const] : [];
  });
  return Object.fromEntries(read);
}

function learnedOf(experiment: Experiment, weights: Weights): LearnedRecord | undefined {
  const now = scheduleWeights(weights);
  if (!learnsSchedule(experiment) || !now) return undefined;
  return { ...learnedRecord(experiment)!, weights: Array.from(now) };
}

/** When a run began, as its folder's name says, and when it was written last. */
async function timesOf(run: string): Promise<Pick<RunRecord, 'started' | 'updated'>> {
  const { mtime, birthtime } = await fs.stat(path.join(run, 'weights.safetensors'));
  const [, day, ...time] = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)/.exec(path.basename(run)) ?? [];
  const named = Date.parse(`${day}T${time.join(':')}Z`);
  return { started: new Date(named || birthtime).toISOString(), updated: mtime.toISOString() };
}

/** The steps of the checkpoints that a run's folder has, ascending. */
async function checkpointsOf(run: string): Promise<readonly number[] | undefined> {
  const names = await fs.readdir(path.join(run, 'checkpoints')).catch(() => []);
  const steps = names.flatMap((name) => /^step-(\d{1,9})\.safetensors$/.exec(name)?.[1] ?? []).map(Number);
  return steps.length ? steps.sort((a, b) => a - b) : undefined;
}

/** How the data were read, where they are made up and not read from a file: nothing else says where a file lay. */
async function dataOf(experiment: Experiment): Promise<DataRecord> {
  if ('path' in experiment.data || 'images' in experiment.data)
    throw new InputError(
      `${experiment.name} cannot be mended: how its data were read is lost with run.json, and its data file may lie anywhere; train it again`,
    );
  return dataRecord(await loadData(experiment, ''), '');
}

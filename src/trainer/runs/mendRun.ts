import fs from 'node:fs/promises';
import path from 'node:path';
import type { Experiment } from '../../core/experiment/experiment';
import { learnsSchedule } from '../../core/experiment/learnedSchedule';
import { InputError } from '../../core/registry/problem';
import { binRange } from '../../core/runs/binRange';
import { scoresAt } from '../../core/runs/metrics';
import { RUN_FORMAT, type DataRecord, type LearnedRecord, type RunRecord } from '../../core/runs/record';
import { DamagedRecord } from '../../core/runs/parseRecord';
import { loadData } from '../data/load';
import { scheduleWeights } from '../training/optimiser/scheduleTensors';
import { totalSize, weightsUnder, type Weights } from '../network/tensors';
import { dataRecord, learnedRecord } from './newRecord';
import { readMetrics } from './metricsFile';
import { readRunExperiment } from './runFolder';
import { readTensors } from './safetensors';
import { lostRecord } from './followCommit';
import { readState, recordOfCommit, writeFollowing } from './runCommit';
import { readRecordFile, runFile, writeRecord } from './runFiles';
import { lockRun } from './runLock';
import { salvagedFields, timesOf } from './salvageRecord';

/**
 * Makes what is damaged of a run again: weights, metrics and record of its state, or, where that is older or damaged
 * too, the record of the other files. An InputError where they do not suffice.
 */
export async function mendRun(run: string): Promise<RunRecord> {
  const lock = await lockRun(run, 'repair');
  try {
    const found = await readRecordFile(run).catch((error: unknown) => {
      if (error instanceof DamagedRecord) return undefined;
      throw error; // a newer version's record is whole
    });
    const state = await readState(run).catch(() => undefined);
    if (state?.record) {
      const record = recordOfCommit(state.record, found ?? (await lostRecord(run)));
      await writeFollowing(run, { snapshot: { ...state, weights: state.weights! }, record });
      return record;
    }
    if (found) throw new InputError(`${found.name} cannot be mended: what its state holds does not suffice`);
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
  const kept = await salvagedFields(run);
  const state = await readState(run).catch(() => undefined);
  // the files themselves: what reads a run goes by the record
  const file = await fs
    .readFile(path.join(run, runFile.weights))
    .then(readTensors)
    .catch(() => undefined);
  if (!file) throw new InputError(`${experiment.name} cannot be mended: its weights cannot be read either`);
  const weights = weightsUnder(file.tensors);
  const metrics = readMetrics(await fs.readFile(path.join(run, runFile.metrics), 'utf8').catch(() => ''));
  const step = state?.step ?? Number(file.metadata.step ?? 0);
  const { steps } = experiment.training;
  const learned = kept.learned ?? learnedOf(experiment, weights);
  const loss = metrics.loss.at(-1);
  const times = await timesOf(run, runFile.weights);
  return {
    ...UNKNOWN,
    ...times,
    ...scoresAt(metrics),
    ...(loss !== undefined && Number.isFinite(loss) && { loss }),
    parameters: totalSize(Object.fromEntries(Object.entries(weights).map(([name, { length }]) => [name, [length]]))),
    message: 'its record was damaged, and made again of its other files',
    ...kept,
    ...(learned && { learned }),
    logSnr: binRange(experiment),
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

function learnedOf(experiment: Experiment, weights: Weights): LearnedRecord | undefined {
  const now = scheduleWeights(weights);
  if (!learnsSchedule(experiment) || !now) return undefined;
  return { ...learnedRecord(experiment)!, weights: Array.from(now) };
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

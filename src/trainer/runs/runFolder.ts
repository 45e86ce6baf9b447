import fs from 'node:fs/promises';
import path from 'node:path';
import { readExperiment } from '../../core/experiment/document';
import type { Experiment } from '../../core/experiment/experiment';
import { InputError } from '../../core/registry/problem';
import { checkCheckpoint, slugOf } from '../../core/runs/ids';
import { chosenRun, type RunChoice, type RunRecord } from '../../core/runs/record';
import { parseRecord } from '../../core/runs/parseRecord';
import type { Metrics } from '../../core/runs/metrics';
import { readRegularText } from '../files/regularFile';
import { writeAtomically } from './writeAtomically';
import { type TrainingState, type TrainingSnapshot } from '../training/models/trainingState';
import { weightsUnder, type Tensors, type Weights } from '../network/tensors';
import { readTensors, writeTensors, type SafetensorsFile } from './safetensors';
import { metricsCsv, readMetrics } from './metricsFile';

/** Milliseconds. A running run is interrupted where its record is older than this, or where its process is gone. */
const SILENCE = 60_000;

/** The most bytes of a record: it has some numbers for each feature. */
const RECORD_BYTES = 2 ** 26;

const file = (run: string, name: string) => path.join(run, name);
const json = (value: unknown) => JSON.stringify(value, null, 2) + '\n';

/** Makes a new run folder under `runs`, named by time and name. Returns its path. */
export async function createRun(runs: string, experiment: Experiment): Promise<string> {
  const stem = `${new Date().toISOString().slice(0, 19).replace(/:/g, '-')}-${slugOf(experiment.name)}`;
  await fs.mkdir(runs, { recursive: true });
  for (let k = 1; ; k++) {
    const run = path.join(runs, k > 1 ? `${stem}-${k}` : stem);
    try {
      await fs.mkdir(run);
      await writeAtomically(file(run, 'experiment.json'), json(experiment));
      return run;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** Writes run.json. Write it after a run's other files, so that it names no file that does not exist. */
export const writeRecord = (run: string, record: RunRecord): Promise<void> =>
  writeAtomically(file(run, 'run.json'), json(record));

/** Writes into a run's record that it failed, and why. Returns the record. */
export async function failRun(run: string, message: string): Promise<RunRecord> {
  const record = await readRecord(run);
  const failed: RunRecord = { ...record, state: 'failed', message, updated: new Date().toISOString() };
  await writeRecord(run, failed);
  return failed;
}

export const writeMetrics = (run: string, metrics: Metrics): Promise<void> =>
  writeAtomically(file(run, 'metrics.csv'), metricsCsv(metrics));

/** Writes weights.safetensors, and state.safetensors with all that resuming needs. */
export async function writeSnapshot(run: string, { step, weights, state, random }: TrainingSnapshot): Promise<void> {
  const whole = writeTensors({ tensors: state, metadata: { step: String(step), random: JSON.stringify(random) } });
  // Resuming needs this file alone, even where the weights are of another step.
  await writeAtomically(file(run, 'state.safetensors'), whole);
  await writeWeights(run, step, weights);
}

/** A file of weights with the step that they are of. */
const weightsFile = (step: number, weights: Tensors) =>
  writeTensors({ tensors: weights, metadata: { step: String(step), format: 'tf' } });

/** Writes weights.safetensors. */
export const writeWeights = (run: string, step: number, weights: Tensors): Promise<void> =>
  writeAtomically(file(run, 'weights.safetensors'), weightsFile(step, weights));

const checkpointFile = (run: string, step: number) =>
  file(run, path.join('checkpoints', `step-${checkCheckpoint(step)}.safetensors`));

/** Writes the weights of a step to checkpoints/step-N.safetensors. */
export async function writeCheckpoint(run: string, step: number, weights: Tensors): Promise<void> {
  await fs.mkdir(file(run, 'checkpoints'), { recursive: true });
  await writeAtomically(checkpointFile(run, step), weightsFile(step, weights));
}

/** The state to resume from. An Error where the run has none. */
export async function readTrainingState(run: string): Promise<TrainingState> {
  const { tensors, metadata } = readTensors(await fs.readFile(file(run, 'state.safetensors')));
  return {
    step: Number(metadata.step),
    state: tensors,
    random: JSON.parse(metadata.random!) as TrainingState['random'],
  };
}

/** The weights of a run or of one of its checkpoints, with their step. An InputError where there are none. */
export async function readWeightsFile(choice: RunChoice): Promise<SafetensorsFile> {
  const { run, checkpoint } = chosenRun(choice);
  const name = checkpoint === undefined ? file(run, 'weights.safetensors') : checkpointFile(run, checkpoint);
  const bytes = await fs.readFile(name).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    const { name: title, checkpoints = [] } = await readRecord(run);
    if (checkpoint === undefined) throw new InputError(`${title} has no weights yet: let it train first`);
    const kept = checkpoints.length ? `it has ${checkpoints.join(', ')}` : 'it has none (training.checkpoints is 0)';
    throw new InputError(`${title} has no checkpoint at step ${checkpoint}: ${kept}`);
  });
  return readTensors(bytes);
}

/** The weights of a run or of one of its checkpoints, by name. */
export const readWeights = async (choice: RunChoice): Promise<Weights> =>
  weightsUnder((await readWeightsFile(choice)).tensors, '');

export const readRunExperiment = async (run: string): Promise<Experiment> =>
  readExperiment(await fs.readFile(file(run, 'experiment.json'), 'utf8'), file(run, 'experiment.json'));

/** The metrics of a run; no rows where it has none yet. */
export const readRunMetrics = async (run: string): Promise<Metrics> =>
  readMetrics(await fs.readFile(file(run, 'metrics.csv'), 'utf8').catch(() => ''));

/** A run's record. Its state is "interrupted" where it says "running" but the process is gone. An InputError where it is damaged. */
export const readRecord = async (run: string): Promise<RunRecord> => recordNow(await readStoredRecord(run));

/** A record as it stands in run.json. An InputError says what is wrong with it. */
export async function readStoredRecord(run: string): Promise<RunRecord> {
  const text = await readRegularText(file(run, 'run.json'), { what: 'run.json', most: RECORD_BYTES });
  return parseRecord(text, path.basename(run));
}

/** A record as it stands in run.json, with the state that the run is in. */
export function recordNow<R extends Pick<RunRecord, 'state' | 'updated' | 'process'>>(record: R): R {
  if (record.state !== 'running') return record;
  const silent = Date.now() - Date.parse(record.updated) > SILENCE;
  return silent || !isAlive(record.process) ? { ...record, state: 'interrupted' } : record;
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

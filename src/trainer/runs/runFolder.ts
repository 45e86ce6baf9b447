import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { readExperiment } from '../../core/experiment/document';
import type { Experiment } from '../../core/experiment/experiment';
import { learnsSchedule } from '../../core/experiment/learnedSchedule';
import { InputError } from '../../core/registry/problem';
import { checkCheckpoint, slugOf } from '../../core/runs/ids';
import { chosenRun, type RunChoice, type RunRecord } from '../../core/runs/record';
import { PYTORCH } from '../../core/runs/resumable';
import type { Metrics } from '../../core/runs/metrics';
import { weightsUnder, type Weights } from '../network/tensors';
import type { TrainingState } from '../training/models/trainingState';
import { scheduleWeights, withScheduleWeights } from '../training/optimiser/scheduleTensors';
import { metricsTensors, recordedMetrics, recordedRows, shownMetrics } from '../training/recordedMetrics';
import { systemDisk } from './disk';
import { followCommit } from './followCommit';
import { readMetrics } from './metricsFile';
import { processStart } from './processStart';
import { readState } from './runCommit';
import { checkpointFile, readableJson, runFile, writeRecord } from './runFiles';
import { breakLock, livingWriter } from './runLock';
import { readTensors, type SafetensorsFile } from './safetensors';
import { writeAtomically } from './writeAtomically';

/** Milliseconds. A running run of an older version is interrupted where its record is older than this. */
const SILENCE = 60_000;

const file = (run: string, name: string) => path.join(run, name);

/** Makes a new run folder under `runs`, named by time and name, as none `beside` is called. Returns its path. */
export async function createRun(
  runs: string,
  experiment: Experiment,
  disk = systemDisk,
  beside: readonly string[] = [],
): Promise<string> {
  const stem = `${new Date().toISOString().slice(0, 19).replace(/:/g, '-')}-${slugOf(experiment.name)}`;
  await disk.makeFolder(runs);
  for (let k = 1; ; k++) {
    const id = k > 1 ? `${stem}-${k}` : stem;
    const run = path.join(runs, id);
    if (beside.some((folder) => existsSync(path.join(folder, id)))) continue;
    try {
      await fs.mkdir(run);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw error;
    }
    try {
      await writeAtomically(file(run, runFile.experiment), readableJson(experiment), disk);
      return run;
    } catch (error) {
      await fs.rm(run, { recursive: true, force: true }).catch(() => undefined);
      throw error;
    }
  }
}

/** Writes into a run's record that it was interrupted, and why: the thread that trained it is gone. Returns the record. */
export async function interruptRun(run: string, message: string): Promise<RunRecord> {
  await breakLock(run, () => true);
  const record = await readRecord(run);
  const interrupted: RunRecord = { ...record, state: 'interrupted', message, updated: new Date().toISOString() };
  await writeRecord(run, interrupted);
  return interrupted;
}

/** The state to resume from. An InputError where the run has none. */
export async function readTrainingState(run: string): Promise<TrainingState> {
  const { step, state, random } = await readState(run).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    const { name, backend } = await readRecord(run);
    if (backend === PYTORCH)
      throw new InputError(`${name} was trained in PyTorch: start its script again, which goes on with it`);
    throw new InputError(`${name} has no state to go on from: it ended before its first save, or was imported`);
  });
  if (recordedMetrics(state)) return { step, state, random };
  const rows = await readRunMetrics(run); // an older run keeps them in this file alone
  return { step, state: { ...state, ...metricsTensors(recordedRows(rows)) }, random };
}

/** The weights of a run or of one of its checkpoints, with their step. An InputError where there are none. */
export async function readWeightsFile(choice: RunChoice): Promise<SafetensorsFile> {
  const { run, checkpoint } = chosenRun(choice);
  if (checkpoint !== undefined) return readCheckpoint(run, checkCheckpoint(checkpoint));
  const { record, unwritten } = await followCommit(run);
  if (unwritten) return { tensors: unwritten.snapshot.weights, metadata: { step: String(record.step), format: 'tf' } };
  const bytes = await readIfThere(file(run, runFile.weights));
  if (!bytes) throw new InputError(`${record.name} has no weights yet: let it train first`);
  return readTensors(bytes);
}

async function readCheckpoint(run: string, checkpoint: number): Promise<SafetensorsFile> {
  const bytes = await readIfThere(checkpointFile(run, checkpoint));
  if (bytes) return readTensors(bytes);
  const { name, checkpoints = [] } = await readRecord(run);
  const kept = checkpoints.length ? `it has ${checkpoints.join(', ')}` : 'it has none (training.checkpoints is 0)';
  throw new InputError(`${name} has no checkpoint at step ${checkpoint}: ${kept}`);
}

/** The bytes of a file; undefined where there is none. */
const readIfThere = (name: string): Promise<Buffer | undefined> =>
  fs.readFile(name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });

/** The weights of a run or of one of its checkpoints, by name. */
export const readWeights = async (choice: RunChoice): Promise<Weights> =>
  weightsUnder((await readWeightsFile(choice)).tensors, '');

export async function readRunExperiment(run: string): Promise<Experiment> {
  const place = file(run, runFile.experiment);
  const text = await fs.readFile(place, 'utf8');
  const experiment = readExperiment(text, place);
  // A run spells every setting out. One that says nothing of the last step was made before there was a choice.
  const { integrator } = JSON.parse(text) as { integrator?: { final?: unknown } };
  return integrator?.final === undefined
    ? { ...experiment, integrator: { ...experiment.integrator, final: 'to-end' } }
    : experiment;
}

/** The experiment of a run with the schedule that it learned, where that was trained too. */
export async function readTrainedExperiment(run: string): Promise<Experiment> {
  const experiment = await readRunExperiment(run);
  return learnsSchedule(experiment)
    ? withScheduleWeights(experiment, scheduleWeights(await readWeights(run)))
    : experiment;
}

/** The metrics of a run; no rows where it has none yet. */
export async function readRunMetrics(run: string): Promise<Metrics> {
  const { record, unwritten } = await followCommit(run);
  if (unwritten) return shownMetrics(record.step, recordedMetrics(unwritten.snapshot.state)!);
  return readMetrics((await readIfThere(file(run, runFile.metrics)))?.toString('utf8') ?? '');
}

/** A run's record. Its state is "interrupted" where it says "running" but its writer is gone. An InputError where it is damaged. */
export async function readRecord(run: string): Promise<RunRecord> {
  const { record: found } = await followCommit(run);
  if (!(await isDeserted(run, found))) return found;
  const { record } = await followCommit(run); // it may have ended since it was read
  return record.state === 'running' ? { ...record, state: 'interrupted' } : record;
}

/** Whether a run says that it is in training, and nobody trains it. */
export const isDeserted = async (run: string, record: WriterFacts & Pick<RunRecord, 'state'>): Promise<boolean> =>
  record.state === 'running' && !(await hasWriter(run, record));

/** What a record says of who writes to its run. */
type WriterFacts = Pick<RunRecord, 'host' | 'updated' | 'process'>;

/** Whether the writer of a run that says "running" lives. Older runs have no lock. */
async function hasWriter(run: string, { host, updated, process: id }: WriterFacts): Promise<boolean> {
  const writer = await livingWriter(run);
  if (writer && writer.lock?.purpose !== 'repair') return true;
  if (host !== undefined) return false;
  return Date.now() - Date.parse(updated) <= SILENCE && (await processStart(id)) !== undefined;
}

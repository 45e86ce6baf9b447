import path from 'node:path';
import { DamagedRecord, parseRecord } from '../../core/runs/parseRecord';
import { readRegularText } from '../files/regularFile';
import type { Metrics } from '../../core/runs/metrics';
import type { RunRecord } from '../../core/runs/record';
import type { Tensors } from '../network/tensors';
import type { RunDisk } from './disk';
import { metricsCsv } from './metricsFile';
import { tensorPieces } from './safetensors';
import { writeAtomically } from './writeAtomically';

/** The names of the files in a run's folder. */
export const runFile = {
  experiment: 'experiment.json',
  /** The commit: the others below follow from it. */
  state: 'state.safetensors',
  weights: 'weights.safetensors',
  metrics: 'metrics.csv',
  record: 'run.json',
} as const;

/** The folder of a run's checkpoints, in its own. */
export const CHECKPOINTS = 'checkpoints';

export const checkpointFile = (run: string, step: number): string =>
  path.join(run, CHECKPOINTS, `step-${step}.safetensors`);

/** JSON as a person reads it. */
export const readableJson = (value: unknown): string => JSON.stringify(value, null, 2) + '\n';

/** The order of the keys of run.json: what one run's file has at a line, another's has there too. */
const KEYS = [
  ...[
    'version',
    'id',
    'name',
    'model',
    'state',
    'message',
    'step',
    'steps',
    'seed',
    'group',
    'checkpoints',
    'bestStep',
  ],
  ...['loss', 'trainAccuracy', 'testAccuracy', 'trainRmse', 'testRmse', 'trainR2', 'testR2', 'stepsPerSecond'],
  ...['started', 'updated', 'seconds', 'process', 'host', 'versions', 'backend', 'kernels', 'memory', 'parameters'],
  ...['logSnr', 'learned', 'data'],
] as const satisfies readonly (keyof RunRecord)[];

/** A record with its keys in the order of the file, and without those that have no value. */
export const orderedRecord = (record: Partial<RunRecord>): RunRecord =>
  Object.fromEntries(KEYS.flatMap((key) => (record[key] === undefined ? [] : [[key, record[key]]]))) as unknown as RunRecord; // prettier-ignore

/** Writes run.json. Write it after a run's other files: it says that they are of its step. */
export const writeRecord = (run: string, record: RunRecord, disk?: RunDisk): Promise<void> =>
  writeAtomically(path.join(run, runFile.record), readableJson(orderedRecord(record)), disk);

export const writeMetrics = (run: string, metrics: Metrics): Promise<void> =>
  writeMetricsText(run, metricsCsv(metrics));

/** Writes metrics.csv. */
export const writeMetricsText = (run: string, text: string, disk?: RunDisk): Promise<void> =>
  writeAtomically(path.join(run, runFile.metrics), text, disk);

/** A file of weights with the step that they are of. */
const weightPieces = (step: number, weights: Tensors) =>
  tensorPieces({ tensors: weights, metadata: { step: String(step), format: 'tf' } });

/** Writes weights.safetensors. */
export const writeWeights = (run: string, step: number, weights: Tensors, disk?: RunDisk): Promise<void> =>
  writeAtomically(path.join(run, runFile.weights), weightPieces(step, weights), disk);

/** Writes the weights of a step to checkpoints/step-N.safetensors. */
export async function writeCheckpoint(run: string, step: number, weights: Tensors, disk: RunDisk): Promise<void> {
  const file = checkpointFile(run, step);
  await disk.makeFolder(path.dirname(file));
  await writeAtomically(file, weightPieces(step, weights), disk);
}

/** The most bytes of a record: it has some numbers for each feature. */
const RECORD_BYTES = 2 ** 26;

/** Reads run.json as it is. A DamagedRecord where it is missing or damaged, an InputError where a newer version wrote it. */
export async function readRecordFile(run: string): Promise<RunRecord> {
  const name = runFile.record;
  const text = await readRegularText(path.join(run, name), { what: name, most: RECORD_BYTES }).catch((error: Error) => {
    throw new DamagedRecord(error.message);
  });
  return parseRecord(text, path.basename(run));
}

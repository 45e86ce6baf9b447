import fs from 'node:fs/promises';
import path from 'node:path';
import type { RunRecord } from '../../core/runs/record';
import { checkFormat } from '../../core/runs/parseRecord';
import type { Tensors } from '../network/tensors';
import type { TrainingSnapshot } from '../training/models/trainingState';
import { recordedMetrics, shownMetrics } from '../training/recordedMetrics';
import type { RunDisk } from './disk';
import { MetricsLines } from './metricsFile';
import { orderedRecord, runFile, writeMetricsText, writeRecord, writeWeights } from './runFiles';
import { readHeader, readTensors, tensorPieces } from './safetensors';
import { writeAtomically } from './writeAtomically';

/** The format of the state. Version 0.1.0 named none: its states hold no weights that predict, metrics or record. */
const FORMAT = 2;

/** One save of a run: all that its files say. */
export interface RunCommit {
  readonly snapshot: TrainingSnapshot;
  readonly record: RunRecord;
}

/**
 * What of a record the state holds. The rest tells one training from another that computes the same: names, times,
 * machine. So the states of two such trainings are the same in every byte.
 */
export type LastingRecord = Omit<RunRecord, (typeof PASSING)[number] | 'data'> & {
  readonly data: Omit<RunRecord['data'], 'folder'>;
};
const PASSING = [
  ...(['id', 'group', 'stepsPerSecond', 'started', 'updated', 'seconds', 'memory'] as const),
  ...(['process', 'host', 'versions', 'backend', 'kernels'] as const),
] as const;

function lastingOf(record: RunRecord): LastingRecord {
  const without = (value: object, keys: readonly string[]) =>
    Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));
  const lasting = { ...without(orderedRecord(record), PASSING), data: without(record.data, ['folder']) };
  return lasting as unknown as LastingRecord;
}

/** The record of a commit, with what the state does not hold from another record of the run. */
export function recordOfCommit(lasting: LastingRecord, other: RunRecord): RunRecord {
  const passing = Object.fromEntries(PASSING.map((key) => [key, other[key]]));
  return orderedRecord({ ...lasting, ...passing, data: { ...lasting.data, folder: other.data.folder } });
}

const sorted = <T>(named: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Where the weights that predict may lie in a state, beside a place of their own: those that are kept, averaged, trained. */
const placesOf = (name: string) => [`best.${name}`, `average.${name}`, `weights.${name}`, name];

const sameValues = ({ values: a }: Tensors[string], { values: b }: Tensors[string]) =>
  a.constructor === b.constructor &&
  Buffer.compare(
    new Uint8Array(a.buffer, a.byteOffset, a.byteLength),
    new Uint8Array(b.buffer, b.byteOffset, b.byteLength),
  ) === 0;

/** The content of state.safetensors. Weights that lie in it already, bit for bit, are named and not kept twice. */
export function commitPieces({ snapshot, record }: RunCommit): Uint8Array[] {
  const { step, state, weights, random } = snapshot;
  const tensors: Record<string, Tensors[string]> = { ...state };
  const places: Record<string, string> = {};
  for (const [name, tensor] of Object.entries(weights)) {
    const found = placesOf(name).find((place) => state[place] && sameValues(state[place], tensor));
    places[name] = found ?? `predict.${name}`;
    if (!found) tensors[places[name]] = tensor;
  }
  const metadata = {
    version: String(FORMAT),
    step: String(step),
    record: JSON.stringify(lastingOf(record)),
    weights: JSON.stringify(places),
    random: JSON.stringify(sorted(random)),
  };
  return tensorPieces({ tensors: sorted(tensors), metadata });
}

/** Writes the state, which holds all: from then on the save is kept. */
export const writeState = (run: string, commit: RunCommit, disk: RunDisk): Promise<void> =>
  writeAtomically(path.join(run, runFile.state), commitPieces(commit), disk);

/**
 * Writes the files that follow from the state, the record last. Whoever finds them at different steps writes them again
 * from the state. `lines` are those of the saves before, if there were any.
 */
export async function writeFollowing(
  run: string,
  { snapshot, record }: RunCommit,
  disk?: RunDisk,
  lines = new MetricsLines(),
): Promise<void> {
  const { step, weights, state } = snapshot;
  await writeWeights(run, step, weights, disk);
  await writeMetricsText(run, lines.csv(shownMetrics(step, recordedMetrics(state)!), step), disk);
  await writeRecord(run, record, disk);
}

/** The record in a run's state, read from the head of the file; undefined where there is none, as in older runs. */
export async function readCommitRecord(run: string): Promise<LastingRecord | undefined> {
  const metadata = await readHeader(path.join(run, runFile.state)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return metadata && lastingRecord(run, metadata);
}

function lastingRecord(run: string, { version, record }: Readonly<Record<string, string>>): LastingRecord | undefined {
  checkFormat(`the run ${path.basename(run)}`, 'state', Number(version ?? 1), FORMAT);
  return record === undefined ? undefined : (JSON.parse(record) as LastingRecord);
}

/** What state.safetensors holds. `weights` and `record` are absent in older runs. */
export interface ReadState extends Omit<TrainingSnapshot, 'weights'> {
  readonly weights?: Tensors | undefined;
  readonly record?: LastingRecord | undefined;
}

/** Reads a run's state. An Error where there is none, or where a newer version wrote it. */
export async function readState(run: string): Promise<ReadState> {
  const { tensors, metadata } = readTensors(await fs.readFile(path.join(run, runFile.state)));
  const places = Object.entries(JSON.parse(metadata.weights ?? '{}') as Record<string, string>);
  const record = lastingRecord(run, metadata);
  return {
    step: Number(metadata.step),
    state: tensors,
    random: JSON.parse(metadata.random!) as TrainingSnapshot['random'],
    ...(record && { record, weights: Object.fromEntries(places.map(([name, place]) => [name, tensors[place]!])) }),
  };
}

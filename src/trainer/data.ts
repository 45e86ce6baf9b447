import fs from 'node:fs/promises';
import path from 'node:path';
import { generateDataset, splitDataset, type Dataset } from '../core/datasets';
import { parseCsv } from '../core/datasets/csv';
import { denoiserFamily, type CleanData } from '../core/denoisers';
import { isCsv, type Experiment } from '../core/experiment';
import { InputError } from '../core/problem';
import type { DataRecord } from '../protocol/trainer';

/** A data set with its parts and the scaling of its features; all that a run needs of its data. */
export interface Prepared extends Dataset {
  /** Indices of rows. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** A feature enters as (value - mean) / scale; length d each. */
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  /** The range of each feature over the train rows. */
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** Rows as a network reads them: x n x d scaled, and the number of each row, which seeds its start. */
export interface Rows {
  readonly x: Float32Array;
  readonly labels: Int32Array;
  readonly ids: Int32Array;
  readonly n: number;
  /** Whether `labels` are the rows' true ones, or zeros for want of them. */
  readonly labelled: boolean;
}

/** Loads an experiment's data; paths in it are relative to `folder`. An InputError where they cannot be used. */
export async function loadData({ data, seed }: Experiment, folder: string): Promise<Prepared> {
  if (!isCsv(data)) return prepare(generateDataset(data.id, data.params, seed), data.testShare, seed);
  const file = path.resolve(folder, data.path);
  const text = await fs.readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(`the data file ${file} cannot be read (${error.code}): set data.path to a CSV file`);
  });
  return prepare(parseCsv(text, data.label), data.testShare, seed);
}

/** The train rows that an experiment's u is made from; nothing where it is a formula. Errors as of `loadData`. */
export async function cleanData(experiment: Experiment, folder: string): Promise<CleanData | undefined> {
  if (denoiserFamily(experiment.denoiser.id).needs !== 'data') return undefined;
  const data = await loadData(experiment, folder);
  const { x, labels } = partRows(data, data.train);
  return { x: Float64Array.from(x), d: data.features.length, labels, classes: data.classes.length };
}

/** Splits and scales a data set; an InputError where a part would be empty or there is one class. */
export function prepare(dataset: Dataset, testShare: number, seed: number): Prepared {
  if (dataset.classes.length < 2) throw new InputError('the data have one class: there is nothing to learn');
  const { train, test } = splitDataset(dataset, testShare, seed);
  if (!train.length || !test.length)
    throw new InputError(`${dataset.labels.length} rows are too few to keep a share of ${testShare} for testing`);
  return { ...dataset, train, test, ...scaling(dataset, train) };
}

/** A feature's scale is at least its range divided by this, lest one that is nearly always the same be blown up. */
const RANGE = 4;

/** The features' means and scales over some rows: the standard deviation, but no less than a quarter of the range. */
export function scaling({ x, features }: Dataset, rows: Int32Array): Pick<Prepared, 'mean' | 'scale' | 'min' | 'max'> {
  const d = features.length;
  const [mean, scale] = [new Float64Array(d), new Float64Array(d)];
  const [min, max] = [new Float64Array(d), new Float64Array(d)];
  for (let j = 0; j < d; j++) {
    let [sum, low, high, squares] = [0, Infinity, -Infinity, 0];
    for (const i of rows) {
      const value = x[i * d + j]!;
      sum += value;
      [low, high] = [Math.min(low, value), Math.max(high, value)];
    }
    mean[j] = sum / rows.length;
    for (const i of rows) squares += (x[i * d + j]! - mean[j]!) ** 2;
    scale[j] = Math.max(Math.sqrt(squares / rows.length), (high - low) / RANGE) || 1;
    [min[j], max[j]] = [low, high];
  }
  return { mean, scale, min, max };
}

/** Scales rows given in the features' own units (n x d). */
export function scaleRows(values: Float64Array, { mean, scale }: Pick<DataRecord, 'mean' | 'scale'>): Rows {
  const d = mean.length;
  const n = values.length / d;
  if (!Number.isInteger(n)) throw new Error(`${values.length} values do not make rows of ${d} features`);
  const x = Float32Array.from(values, (value, k) => (value - mean[k % d]!) / scale[k % d]!);
  return { x, labels: new Int32Array(n), ids: Int32Array.from({ length: n }, (_, i) => i), n, labelled: false };
}

/** The rows of a part. */
export function partRows(data: Prepared, ids: Int32Array): Rows {
  const d = data.features.length;
  const values = new Float64Array(ids.length * d);
  ids.forEach((id, i) => values.set(data.x.subarray(id * d, (id + 1) * d), i * d));
  return { ...scaleRows(values, data), labels: ids.map((id) => data.labels[id]!), ids, labelled: true };
}

/** At most `limit` of the rows, spread evenly. */
export function takeRows(rows: Rows, limit: number): Rows {
  if (rows.n <= limit) return rows;
  const d = rows.x.length / rows.n;
  const chosen = Int32Array.from({ length: limit }, (_, k) => Math.floor((k * rows.n) / limit));
  const x = new Float32Array(limit * d);
  chosen.forEach((i, k) => x.set(rows.x.subarray(i * d, (i + 1) * d), k * d));
  return {
    x,
    labels: chosen.map((i) => rows.labels[i]!),
    ids: chosen.map((i) => rows.ids[i]!),
    n: limit,
    labelled: rows.labelled,
  };
}

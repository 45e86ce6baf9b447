import fs from 'node:fs/promises';
import path from 'node:path';
import { generateDataset, scaleFeatures, scaleTargets, splitDataset } from '../core/datasets';
import type { Dataset, FeatureScaling, Scaling } from '../core/datasets';
import { parseCsv } from '../core/datasets/csv';
import { idxDataset } from '../core/datasets/idx';
import { denoiserFamily, type CleanData } from '../core/denoisers';
import { isCsv, isIdx, type Experiment } from '../core/experiment';
import { InputError } from '../core/problem';
import type { DataRecord, RunRecord } from '../protocol/trainer';

/** A data set with its parts and the scaling of its features over the train rows; all that a run needs of its data. */
export interface Prepared extends Dataset, FeatureScaling {
  /** Indices of rows. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** That of the targets over the train rows, where there are targets. */
  readonly targetScaling?: Scaling;
}

/** Rows as a network reads them: x n x d scaled, and the number of each row, which seeds its start. */
export interface Rows {
  readonly x: Float32Array;
  readonly labels: Int32Array;
  /** n x k scaled, where the data have targets and these are known. */
  readonly targets?: Float32Array;
  readonly ids: Int32Array;
  readonly n: number;
  /** Whether `labels` are the rows' true ones, or zeros for want of them. */
  readonly labelled: boolean;
}

/** Loads an experiment's data; paths in it are relative to `folder`. An InputError where they cannot be used. */
export async function loadData({ data, seed }: Experiment, folder: string): Promise<Prepared> {
  const read = (file: string, key: string) =>
    fs.readFile(path.resolve(folder, file)).catch((error: NodeJS.ErrnoException) => {
      throw new InputError(
        `the data file ${path.resolve(folder, file)} cannot be read (${error.code}): set data.${key} to a file`,
      );
    });
  const dataset = async () => {
    if (isCsv(data)) return parseCsv((await read(data.path, 'path')).toString('utf8'), data.label, data);
    if (!isIdx(data)) return generateDataset(data.id, data.params, seed);
    const { images, labels } = data;
    return idxDataset(await read(images, 'images'), await read(labels, 'labels'), { images, labels });
  };
  return prepare(await dataset(), data.testShare, seed);
}

/** The train rows that an experiment's u is made from; nothing where it is a formula. Errors as of `loadData`. */
export async function cleanData(experiment: Experiment, folder: string): Promise<CleanData | undefined> {
  if (denoiserFamily(experiment.denoiser.id).needs !== 'data') return undefined;
  const data = await loadData(experiment, folder);
  const { x, labels } = partRows(data, data.train);
  return { x: Float64Array.from(x), d: data.features.length, labels, classes: data.classes.length };
}

/** An InputError where data are not those of a run: its train rows would be other ones. */
export function checkUnchanged({ name, data }: RunRecord, { classes, mean, targetScaling }: Prepared): void {
  const now = [classes, mean, targetScaling?.mean ?? []];
  const then = [data.classes, Array.from(data.mean), Array.from(data.targets?.mean ?? [])];
  if (now.join(';') !== then.join(';'))
    throw new InputError(`the data of ${name} have changed since it was trained: train it again`);
}

/** Splits and scales a data set; an InputError where a part would be empty, or there is nothing to learn. */
export function prepare(dataset: Dataset, testShare: number, seed: number): Prepared {
  const { targets } = dataset;
  if (!targets && dataset.classes.length < 2)
    throw new InputError('the data have one class: there is nothing to learn');
  const { train, test } = splitDataset(dataset, testShare, seed);
  if (!train.length || !test.length)
    throw new InputError(`${dataset.labels.length} rows are too few to keep a share of ${testShare} for testing`);
  return {
    ...dataset,
    train,
    test,
    ...scaleFeatures(dataset, train),
    ...(targets && { targetScaling: scaleTargets(targets, train) }),
  };
}

/** A value as a network reads it; what has no value (NaN) is given the mean. */
const scaled = (value: number, k: number, { mean, scale }: Pick<DataRecord, 'mean' | 'scale'>) =>
  Number.isNaN(value) ? 0 : (value - mean[k]!) / scale[k]!;

/** Scales rows given in the features' own units (n x d). */
export function scaleRows(values: Float64Array, scaling: Pick<DataRecord, 'mean' | 'scale'>): Rows {
  const d = scaling.mean.length;
  const n = values.length / d;
  if (!Number.isInteger(n)) throw new Error(`${values.length} values do not make rows of ${d} features`);
  const x = Float32Array.from(values, (value, k) => scaled(value, k % d, scaling));
  return { x, labels: new Int32Array(n), ids: Int32Array.from({ length: n }, (_, i) => i), n, labelled: false };
}

/** The rows of a part, scaled straight from the data: with 60,000 images there is no room for a copy in between. */
export function partRows(data: Prepared, ids: Int32Array): Rows {
  const d = data.features.length;
  const x = new Float32Array(ids.length * d);
  ids.forEach((id, i) => {
    for (let k = 0; k < d; k++) x[i * d + k] = scaled(data.x[id * d + k]!, k, data);
  });
  const rows = { x, labels: ids.map((id) => data.labels[id]!), ids, n: ids.length, labelled: true };
  const targets = partTargets(data, ids);
  return targets ? { ...rows, targets } : rows;
}

/** The targets of a part, scaled. */
function partTargets({ targets, targetScaling }: Prepared, ids: Int32Array): Float32Array | undefined {
  if (!targets || !targetScaling) return undefined;
  const k = targets.names.length;
  return Float32Array.from({ length: ids.length * k }, (_, at) => {
    const [i, j] = [ids[Math.floor(at / k)]!, at % k];
    return (targets.values[i * k + j]! - targetScaling.mean[j]!) / targetScaling.scale[j]!;
  });
}

/** At most `limit` of the rows, spread evenly. */
export function takeRows(rows: Rows, limit: number): Rows {
  if (rows.n <= limit) return rows;
  const d = rows.x.length / rows.n;
  const chosen = Int32Array.from({ length: limit }, (_, k) => Math.floor((k * rows.n) / limit));
  const x = new Float32Array(limit * d);
  chosen.forEach((i, k) => x.set(rows.x.subarray(i * d, (i + 1) * d), k * d));
  const { targets } = rows;
  const width = targets ? targets.length / rows.n : 0;
  return {
    x,
    ...(targets && {
      targets: Float32Array.from(
        { length: limit * width },
        (_, at) => targets[chosen[Math.floor(at / width)]! * width + (at % width)]!,
      ),
    }),
    labels: chosen.map((i) => rows.labels[i]!),
    ids: chosen.map((i) => rows.ids[i]!),
    n: limit,
    labelled: rows.labelled,
  };
}

import fs from 'node:fs/promises';
import path from 'node:path';
import { constantFeatures, generateDataset, scaleFeatures, scaleTargets, splitDataset } from '../../core/datasets';
import type { Dataset, FeatureScaling, Scaling } from '../../core/datasets';
import { parseCsv } from '../../core/datasets/csv';
import { idxDataset } from '../../core/datasets/idx';
import { denoiserFamily, type CleanData } from '../../core/denoisers';
import { type Experiment } from '../../core/experiment/experiment';
import { isCsv, isIdx } from '../../core/datasets/entry';
import { checkFile, CSV_BYTES, IMAGE_BYTES } from '../../core/datasets/limits';
import { InputError } from '../../core/registry/problem';
import type { RunRecord } from '../../core/runs/record';
import { decodeText } from './decodeText';
import { partRows } from './examples';

/** A data set with its parts and the scaling of its features over the train rows; all that a run needs of its data. */
export interface Prepared extends Dataset, FeatureScaling {
  /** Indices of rows. */
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** Rows that are neither, for early stopping to judge by. */
  readonly validation?: Int32Array;
  /** That of the targets over the train rows, where there are targets. */
  readonly targetScaling?: Scaling;
}

/** Loads an experiment's data; paths in it are relative to `folder`. An InputError where they cannot be used. */
export async function loadData({ data, seed, training }: Experiment, folder: string): Promise<Prepared> {
  const read = (file: string, key: string, most: number) => readWithin(path.resolve(folder, file), key, most);
  const dataset = async () => {
    if (isCsv(data))
      return parseCsv(
        decodeText(await read(data.path, 'path', CSV_BYTES), `the data file ${data.path}`),
        data.label,
        data,
      );
    if (!isIdx(data)) return generateDataset(data.id, data.params, seed);
    const { images, labels } = data;
    return idxDataset(await read(images, 'images', IMAGE_BYTES), await read(labels, 'labels', IMAGE_BYTES), {
      images,
      labels,
    });
  };
  return prepare(await dataset(), data.testShare, seed, training.patience ? training.validationShare : 0);
}

/** The bytes of a data file; an InputError where there is none, or more of it than fits in memory. */
async function readWithin(file: string, key: string, most: number): Promise<Uint8Array> {
  try {
    const { size } = await fs.stat(file);
    checkFile(`the data file ${file}`, size, most);
    return await fs.readFile(file);
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`the data file ${file} cannot be read (${code}): set data.${key} to a file`);
  }
}

/** The train rows that an experiment's u is made from; nothing where it is a formula. Errors as of `loadData`. */
export async function cleanData(experiment: Experiment, folder: string): Promise<CleanData | undefined> {
  if (denoiserFamily(experiment.denoiser.id).needs !== 'data') return undefined;
  const training = { ...experiment.training, patience: 0 }; // all train rows, however a model is trained
  const data = await loadData({ ...experiment, training }, folder);
  const { x, labels, n } = partRows(data, data.train);
  return { x: Float64Array.from(x.range(0, n)), d: data.features.length, labels, classes: data.classes.length };
}

/** An InputError where data are not those of a run: its train rows would be other ones. */
export function checkUnchanged({ name, data }: RunRecord, { classes, mean, targetScaling }: Prepared): void {
  const now = [classes, mean, targetScaling?.mean ?? []];
  const then = [data.classes, Array.from(data.mean), Array.from(data.targets?.mean ?? [])];
  if (now.join(';') !== then.join(';'))
    throw new InputError(`the data of ${name} have changed since it was trained: train it again`);
}

/** Splits and scales a data set; an InputError where a part would be empty, or there is nothing to learn. */
export function prepare(dataset: Dataset, testShare: number, seed: number, validationShare = 0): Prepared {
  const { targets } = dataset;
  if (!targets && dataset.classes.length < 2)
    throw new InputError('the data have one class: there is nothing to learn');
  const split = splitDataset(dataset, testShare, seed, validationShare);
  const { train, test, validation } = split;
  if (!train.length || !test.length)
    throw new InputError(`${dataset.labels.length} rows are too few to keep a share of ${testShare} for testing`);
  if (validation?.length === 0)
    throw new InputError(
      `${train.length} train rows are too few to set a share of ${validationShare} aside for early stopping: set training.patience to 0`,
    );
  const scales = scaleFeatures(dataset, train);
  if (constantFeatures({ ...dataset, ...scales }).length === dataset.features.length)
    throw new InputError('every feature is the same in all train rows: there is nothing to learn from');
  return {
    ...dataset,
    ...split,
    ...scales,
    ...(targets && { targetScaling: scaleTargets(targets, train) }),
  };
}

import fs from 'node:fs/promises';
import path from 'node:path';
import { generateDataset, type Dataset } from '../../core/datasets';
import { parseCsv } from '../../core/datasets/csv';
import { idxDataset } from '../../core/datasets/idx';
import { denoiserFamily, type CleanData } from '../../core/denoisers';
import type { Experiment } from '../../core/experiment/experiment';
import { isCsv, isIdx } from '../../core/datasets/entry';
import { checkFile, CSV_BYTES, IMAGE_BYTES } from '../../core/datasets/limits';
import { InputError } from '../../core/registry/problem';
import { decodeText } from './decodeText';
import { examplesOf } from './examples';
import { prepareData, type PreparedData } from './preparedData';

/** Loads, splits and scales an experiment's data. Its paths are relative to `folder`. An InputError where they cannot be used. */
export async function loadData({ data, seed, training }: Experiment, folder: string): Promise<PreparedData> {
  const dataset = await readDataset(data, seed, folder);
  return prepareData(dataset, data.testShare, seed, training.patience ? training.validationShare : 0);
}

async function readDataset(data: Experiment['data'], seed: number, folder: string): Promise<Dataset> {
  const read = (file: string, key: string, most: number) => readWithin(path.resolve(folder, file), key, most);
  if (isCsv(data)) {
    const bytes = await read(data.path, 'path', CSV_BYTES);
    return parseCsv(decodeText(bytes, `the data file ${data.path}`), data.label, data);
  }
  if (!isIdx(data)) return generateDataset(data.id, data.params, seed);
  const { images, labels } = data;
  const bytes = await read(images, 'images', IMAGE_BYTES);
  return idxDataset(bytes, await read(labels, 'labels', IMAGE_BYTES), { images, labels });
}

/** The bytes of a data file. An InputError where there is none, or where it is too large for memory. */
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

/** The train rows that an experiment's u is made from; undefined where it is a formula. Errors are those of `loadData`. */
export async function cleanData(experiment: Experiment, folder: string): Promise<CleanData | undefined> {
  if (denoiserFamily(experiment.denoiser.id).needs !== 'data') return undefined;
  const training = { ...experiment.training, patience: 0 }; // all train rows, with none set aside for validation
  const data = await loadData({ ...experiment, training }, folder);
  const { x, labels, n } = examplesOf(data, data.train);
  return { x: Float64Array.from(x.rows(0, n)), d: data.features.length, labels, classes: data.classes.length };
}

import type { Dataset } from '../../core/datasets';
import { readTable, tableDataset } from '../../core/datasets/csv';
import type { Table } from '../../core/datasets/header';
import { arrayDataset, readFeatures, readLabels, type FeatureRows, type LabelRows } from '../../core/datasets/arrays';
import { idxDataset } from '../../core/datasets/idx';
import { denoiserFamily, type CleanData } from '../../core/denoisers';
import type { FileRule } from '../../core/files/filePlaces';
import type { Experiment } from '../../core/experiment/experiment';
import { generatedDataset, isCsv, isIdx, isNumpy, type CsvEntry, type NumpyEntry } from '../../core/datasets/entry';
import { atSetting, withSetting } from '../../core/registry/problem';
import { CSV_BYTES, IMAGE_BYTES } from '../../core/datasets/limits';
import { dataPath, type Allowance } from '../files/allowedFile';
import { readRegularFile } from '../files/regularFile';
import { decodeText } from './decodeText';
import { examplesOf } from './examples';
import { prepareData, type PreparedData } from './preparedData';

/**
 * Loads, splits and scales an experiment's data. Its paths are relative to `folder`. An InputError where they cannot be used,
 * a FileRefusedError where they must not be read.
 */
export async function loadData(
  { data, seed, training }: Experiment,
  folder: string,
  rule: FileRule = 'any',
): Promise<PreparedData> {
  const dataset = await readDataset(data, seed, { rule, beside: folder });
  return prepareData(dataset, data.testShare, seed, training.patience ? training.validationShare : 0);
}

/** The table of a CSV file as it stands. Errors are those of `loadData`. */
export async function readTableFile({ path }: Pick<CsvEntry, 'path'>, allowance: Allowance): Promise<Table> {
  const bytes = await readDataFile(path, 'path', CSV_BYTES, allowance);
  return atSetting(['data', 'path'], () => readTable(decodeText(bytes, `the data file ${path}`)));
}

/** A data file's bytes. An InputError names the setting that it stands in. */
async function readDataFile(name: string, key: string, most: number, allowance: Allowance): Promise<Uint8Array> {
  const file = dataPath(allowance.beside, name);
  const what = `the data file ${file}`;
  try {
    return await readRegularFile(file, { what, most, remedy: `set data.${key} to a data file`, allowance });
  } catch (error) {
    throw withSetting(['data', key], error);
  }
}

/** The arrays of an experiment's files of NumPy as they stand. Errors are those of `loadData`. */
export async function readArrays(
  { x, y, transpose }: NumpyEntry,
  allowance: Allowance,
): Promise<{ readonly x: FeatureRows; readonly y: LabelRows }> {
  const file = { name: x, bytes: await readDataFile(x, 'x', IMAGE_BYTES, allowance) };
  const features = readFeatures(file, transpose);
  const other = x === y ? file : { name: y, bytes: await readDataFile(y, 'y', IMAGE_BYTES, allowance) };
  return { x: features, y: readLabels(other, features.n) };
}

/** The data set of what is no table: images, or made from a formula. Errors are those of `loadData`. */
export async function readOtherData(
  data: Exclude<Experiment['data'], CsvEntry | NumpyEntry>,
  seed: number,
  allowance: Allowance,
): Promise<Dataset> {
  if (!isIdx(data)) return generatedDataset(data, seed);
  const { images, labels, transpose } = data;
  const bytes = await readDataFile(images, 'images', IMAGE_BYTES, allowance);
  return idxDataset(bytes, await readDataFile(labels, 'labels', IMAGE_BYTES, allowance), {
    images,
    labels,
    transpose,
  });
}

async function readDataset(data: Experiment['data'], seed: number, allowance: Allowance): Promise<Dataset> {
  if (isCsv(data)) return tableDataset(await readTableFile(data, allowance), data.label, data);
  if (!isNumpy(data)) return readOtherData(data, seed, allowance);
  const { x, y } = await readArrays(data, allowance);
  return arrayDataset(x, y, data);
}

/** The train rows that an experiment's u is made from; undefined where it is a formula. Errors are those of `loadData`. */
export async function cleanData(
  experiment: Experiment,
  folder: string,
  rule: FileRule = 'any',
): Promise<CleanData | undefined> {
  if (denoiserFamily(experiment.denoiser.id).needs !== 'data') return undefined;
  const training = { ...experiment.training, patience: 0 }; // all train rows, with none set aside for validation
  const data = await loadData({ ...experiment, training }, folder, rule);
  const { x, labels, n } = examplesOf(data, data.train);
  return { x: Float64Array.from(x.rows(0, n)), d: data.features.length, labels, classes: data.classes.length };
}

import type { Dataset } from '../../core/datasets';
import { tableDataset } from '../../core/datasets/csv';
import type { Table } from '../../core/datasets/header';
import { arrayDataset } from '../../core/datasets/arrays';
import { fileKeys, isCsv, isNumpy } from '../../core/datasets/entry';
import { arrayPreview } from '../../core/datasets/preview/arrayPreview';
import { datasetPreview, NO_DATA, tablePreview } from '../../core/datasets/preview/datasetPreview';
import type { DataPreview } from '../../core/datasets/preview/preview';
import type { Experiment } from '../../core/experiment/experiment';
import type { FileRule } from '../../core/files/filePlaces';
import { InputError } from '../../core/registry/problem';
import { readArrays, readOtherData, readTableFile } from './load';
import { prepareData } from './preparedData';

/** The setting that a problem of the data stands at where it names none. */
const settingOf = (data: Experiment['data']): readonly string[] => ['data', ...fileKeys(data).slice(0, 1)];

/**
 * The data of an experiment as they would be learned from, read as `loadData` reads them. What keeps them from that is
 * part of the answer, with the columns of the table where there is one. A FileRefusedError where a file must not be read.
 */
export function previewData(
  { data, seed, training }: Pick<Experiment, 'data' | 'seed' | 'training'>,
  folder: string,
  rule: FileRule,
): Promise<DataPreview> {
  const allowance = { rule, beside: folder };
  const validationShare = training.patience ? training.validationShare : 0;
  const label = isCsv(data) ? data.label : '';
  const prepared = (dataset: Dataset, table?: Table, given?: number) =>
    datasetPreview(prepareData(dataset, data.testShare, seed, validationShare), table, label, given);
  /** What `make` makes, else what is known, with the problem. */
  const orProblem = async (known: () => DataPreview, make: () => Promise<DataPreview>): Promise<DataPreview> => {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { ...known(), problem: { path: error.path ?? settingOf(data), message: error.message } };
    }
  };
  const nothing = () => NO_DATA;
  if (isNumpy(data))
    return orProblem(nothing, async () => {
      const { x, y } = await readArrays(data, allowance);
      const known = arrayPreview(x, y);
      const made = () => prepared(arrayDataset(x, y, data), undefined, x.n);
      return orProblem(
        () => known,
        () => Promise.resolve({ ...made(), columns: known.columns }),
      );
    });
  if (!isCsv(data)) return orProblem(nothing, async () => prepared(await readOtherData(data, seed, allowance)));
  return orProblem(nothing, async () => {
    const table = await readTableFile(data, allowance);
    const known = () => tablePreview(table, label, data.task === 'regression');
    return orProblem(known, () => Promise.resolve(prepared(tableDataset(table, label, data), table)));
  });
}

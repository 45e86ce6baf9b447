import { formatNumber } from '../../text/format';
import { isTable } from '../csv';
import { shownTable, type Table } from '../header';
import type { Dataset } from '../dataset';
import type { FeatureScaling } from '../scaling';
import type { Split } from '../split';
import {
  HEAD_COLUMNS,
  HEAD_ROWS,
  MOST_COLUMNS,
  MOST_DISTINCT,
  type ClassCount,
  type ColumnPreview,
  type DataPreview,
} from './preview';
import { imagesPreview, pointsPreview, rangeOf } from './samples';
import { tableColumns } from './tableColumns';

/** What is known of data before they are looked at. */
export const NO_DATA: DataPreview = {
  rows: 0,
  leftOut: 0,
  features: 0,
  classes: [],
  columns: [],
  columnCount: 0,
  head: { names: [], cells: [] },
};

/** The most characters of a cell that is shown. */
const CELL = 60;

const cut = (cell: string): string => (cell.length > CELL ? `${cell.slice(0, CELL)}…` : cell);

/** How many rows each class has, in the order of the classes. */
export function classCounts({ classes, labels }: Pick<Dataset, 'classes' | 'labels'>): ClassCount[] {
  const counts = new Int32Array(classes.length);
  labels.forEach((label) => counts[label]!++);
  return classes.map((label, k) => ({ label, count: counts[k]! }));
}

/** A table as it stands, by the name of its column of labels, whatever can be learned from it: its columns and first rows. Nothing of what is no table. */
export function tablePreview(given: Table | undefined, named: string, regression: boolean): DataPreview {
  if (!given || !isTable(given)) return NO_DATA;
  const table = shownTable(given, named);
  const { names, rows } = table;
  const label = names.indexOf(named);
  const shown = [...names.keys()].filter((at) => at !== label).slice(0, HEAD_COLUMNS - 1);
  if (label >= 0) shown.unshift(label);
  return {
    ...NO_DATA,
    rows: rows.length,
    columns: tableColumns(table, named, !regression),
    columnCount: names.length,
    head: {
      names: shown.map((at) => names[at]!),
      cells: rows.slice(0, HEAD_ROWS).map(({ cells }) => shown.map((at) => cut(cells[at]!))),
    },
  };
}

/** A data set with its split and scaling; `table` is what it was read from, where it is of a table, and `given` its rows. */
export function datasetPreview(
  data: Dataset & FeatureScaling & Split,
  table: Table | undefined,
  label: string,
  given = table ? shownTable(table, label).rows.length : data.labels.length,
): DataPreview {
  const { labels, features, targets, train, test, validation } = data;
  const columns = table ? tablePreview(table, label, targets !== undefined) : madeColumns(data);
  const images = imagesPreview(data);
  return {
    ...columns,
    rows: labels.length,
    leftOut: given - labels.length,
    features: features.length,
    classes: targets ? [] : classCounts(data),
    ...(targets && { target: { name: targets.names[0]!, range: rangeOf(targets.values) } }),
    split: { train: train.length, test: test.length, validation: validation?.length ?? 0 },
    points: pointsPreview(data),
    ...(images && { images }),
  };
}

/** The columns and first rows of data that were no table: what is to be predicted, and their features. */
function madeColumns(data: Dataset & FeatureScaling): DataPreview {
  const { x, features, labels, classes, targets, min, max } = data;
  const d = features.length;
  const name = targets?.names[0] ?? 'class';
  const label: ColumnPreview = {
    name,
    type: targets ? 'number' : 'class',
    isLabel: true,
    ...(targets && { range: rangeOf(targets.values) }),
    values: classes.slice(0, 5),
    distinct: targets ? MOST_DISTINCT + 1 : classes.length,
    whole: false,
    missing: 0,
  };
  const feature = (title: string, j: number): ColumnPreview => ({
    name: title,
    type: 'number',
    isLabel: false,
    range: [min[j]!, max[j]!],
    values: [],
    distinct: MOST_DISTINCT + 1,
    whole: false,
    missing: 0,
  });
  const shown = Math.min(d, HEAD_COLUMNS - 1);
  const count = Math.min(HEAD_ROWS, labels.length);
  const aim = (row: number) => (targets ? formatNumber(targets.values[row * targets.names.length]!) : classes[labels[row]!]!); // prettier-ignore
  return {
    ...NO_DATA,
    columns: [...features.slice(0, MOST_COLUMNS - 1).map(feature), label],
    columnCount: d + 1,
    head: {
      names: [name, ...features.slice(0, shown)],
      cells: Array.from({ length: count }, (_, row) => [
        aim(row),
        ...Array.from({ length: shown }, (_value, j) => formatNumber(x[row * d + j]!)),
      ]),
    },
  };
}

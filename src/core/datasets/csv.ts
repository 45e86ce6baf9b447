import papa from 'papaparse';
import { classesOf } from './classes';
import { checkCsvSize } from './csvSize';
import { checkTable } from './limits';
import { InputError } from '../registry/problem';
import { plainCell } from '../text/csv';
import { isDecimal } from '../text/decimal';
import {
  columnOf,
  featuresOf,
  hasDecimalCommas,
  isMissing,
  numberText,
  writeFeatures,
  type Column,
  type MissingPolicy,
  type Row,
  type Task,
} from './columns';
import type { Dataset } from './dataset';
import { hasNoHeader, withNumberedColumns, type Table } from './header';

/** How a CSV file is read. */
export interface CsvOptions {
  /** What becomes of cells without a value (refuse). */
  readonly missing?: MissingPolicy;
  /** What the label column holds (classification). */
  readonly task?: Task;
}

/** Reads a CSV or TSV text with a header; an InputError where it is empty, too large, or a quote is not closed. */
export function readTable(text: string): Table {
  const [header, ...rows] = readRows(text);
  if (!header) throw new InputError('the data file is empty: it needs a header row, then rows of numbers and a label');
  return { names: header.cells.map((name, i) => name.trim() || `column ${i + 1}`), rows, first: header };
}

/** The data set of a CSV or TSV text with a header, as `tableDataset` makes it. */
export const parseCsv = (text: string, label: string, options: CsvOptions = {}): Dataset =>
  tableDataset(readTable(text), label, options);

/**
 * The data set of a table. The column named `label` holds the labels or, for regression, the targets. The others hold
 * numbers; a column without any number holds categories, one feature each. Under `mean` a cell without a value is NaN.
 * An InputError names the row (the header is row 1), the column and the value at fault, and the setting where one is.
 */
export function tableDataset(given: Table, label: string, { missing = 'refuse', task }: CsvOptions = {}): Dataset {
  const table = withNumberedColumns(given, [label]);
  const { names, rows: all } = table;
  const target = labelColumn(table, label);
  if (!all.length) throw new InputError('the data file has a header row but no rows below it');
  for (const row of all) checkWidth(row, names.length);
  const rows = missing === 'drop' ? all.filter(({ cells }) => !cells.some(isMissing)) : all;
  if (!rows.length) throw new InputError('every row of the data file has a cell without a value: none is left');
  const columns = names.flatMap((name, at) => (at === target ? [] : [{ ...columnOf(name, rows, at), at }]));
  const features = columns.flatMap(featuresOf);
  checkTable('the data file', rows.length, features.length);
  const x = new Float64Array(rows.length * features.length);
  const values = rows.map((row, i) => {
    writeFeatures(row, columns, missing, x, i * features.length);
    return row.cells[target]!.trim();
  });
  const aim = task === 'regression' ? numbersOf(target, rows, label) : labelsOf(values, rows, label);
  return {
    x,
    ...aim,
    features,
    columns: columns.map(({ name, categories }) => ({ name, ...(categories && { categories }) })),
  };
}

/** The setting that names the column of labels. */
const LABEL = ['data', 'label'];

type Aim = Pick<Dataset, 'labels' | 'classes' | 'targets'>;

/** Each row's class. */
function labelsOf(values: readonly string[], rows: readonly Row[], label: string): Aim {
  const empty = values.indexOf('');
  if (empty >= 0) throw new InputError(`row ${rows[empty]!.number}, column "${label}": the label is empty`, LABEL);
  return classesOf(values, {
    what: `column "${label}"`,
    place: (i) => `row ${rows[i]!.number}`,
    setting: LABEL,
    remedy: 'choose another column',
  });
}

/** Each row's number to predict. */
function numbersOf(column: number, rows: readonly Row[], label: string): Aim {
  const at = (i: number) => `row ${rows[i]!.number}, column "${label}"`;
  const values = Float64Array.from(rows, (row, i) => {
    const cell = numberText(row, column);
    if (isMissing(cell))
      throw new InputError(
        `${at(i)}: ${cell ? `"${cell}" is no value` : 'the cell is empty'}, and every row needs a number to predict ` +
          '(set data.missing to drop to leave such rows out)',
        ['data', 'missing'],
      );
    const value = isDecimal(cell) ? Number(cell) : NaN;
    if (!Number.isFinite(value))
      throw new InputError(`${at(i)}: "${cell}" is not a number, which data.task = regression needs`, ['data', 'task']);
    return value;
  });
  if (values.every((value) => value === values[0]))
    throw new InputError(`column "${label}" holds ${values[0]} in every row: there is nothing to predict`, LABEL);
  return { labels: new Int32Array(values.length), classes: [], targets: { values, names: [label] } };
}

/** Rows of a CSV text without labels, or with them left aside. */
export interface UnlabelledRows {
  readonly names: readonly string[];
  /** Every cell as it stands in the file. */
  readonly cells: readonly (readonly string[])[];
  /** n x d, the features in the order asked for. */
  readonly x: Float64Array;
  /** The number in a cell, NaN where there is none. */
  readonly numberAt: (row: number, column: number) => number;
}

/**
 * The rows of a CSV text whose header has all of `columns`, in any order; other columns are kept as text.
 * An InputError names the row, the column and the value at fault.
 */
export function parseRows(text: string, columns: readonly Column[], missing: MissingPolicy = 'refuse'): UnlabelledRows {
  const [header, ...below] = readRows(text);
  if (!header) throw new InputError('the data file is empty: it needs a header row, then rows of numbers');
  const given = { names: header.cells.map((name) => name.trim()), rows: below, first: header };
  const { names, rows } = withNumberedColumns(
    given,
    columns.map(({ name }) => name),
  );
  const places = new Map(names.map((name, at) => [name, at] as const).reverse()); // the first of two
  const absent = columns.filter(({ name }) => !places.has(name));
  if (absent.length)
    throw new InputError(
      `the data file has no column ${listed(absent.map(({ name }) => `"${name}"`))}, which the run was trained on`,
    );
  if (!rows.length) throw new InputError('the data file has a header row but no rows below it');
  const placed = columns.map((column) => ({ ...column, at: places.get(column.name)! }));
  const d = columns.flatMap(featuresOf).length;
  checkTable('the data file', rows.length, d);
  const x = new Float64Array(rows.length * d);
  rows.forEach((row, i) => {
    checkWidth(row, names.length);
    // a row that is to be labelled cannot be left out
    writeFeatures(row, placed, missing === 'mean' ? 'mean' : 'drop', x, i * d);
  });
  const numberAt = (i: number, at: number) => {
    const cell = numberText(rows[i]!, at);
    return isDecimal(cell) ? Number(cell) : NaN;
  };
  return { names, cells: rows.map((row) => row.cells), x, numberAt };
}

function checkWidth({ number, cells: row }: Row, width: number): void {
  if (row.length !== width)
    throw new InputError(`row ${number} has ${cells(row.length)} where the header has ${width}`);
}

const cells = (n: number) => (n === 1 ? '1 cell' : `${n} cells`);

/** The line that tells Excel the separator, before the header. */
const SEPARATOR_LINE = /^\uFEFF?"?sep=(.)"?[ \t]*(?:\r\n|\r|\n)/i;

/** The rows that hold anything. */
function readRows(whole: string): Row[] {
  const [line, delimiter] = SEPARATOR_LINE.exec(whole) ?? [];
  const text = line === undefined ? whole : whole.slice(line.length);
  const before = line === undefined ? 0 : 1;
  checkCsvSize(text);
  const trimmed = text.replace(/[\r\n]+$/, ''); // its guess of the separator counts an empty last line
  const { data, errors, meta } = delimiter === undefined ? papa.parse(trimmed) : papa.parse(trimmed, { delimiter });
  const quote = errors.find(({ type }) => type === 'Quotes');
  if (quote) throw new InputError(`row ${(quote.row ?? 0) + before + 1}: a quoted cell is not closed properly`);
  const comma = meta.delimiter === ';' || (meta.delimiter === '\t' && hasDecimalCommas(data, before));
  const guarded = /'[=+\-@\t\r]/.test(text); // as our own tables guard their text
  return data
    .map((row, i) => ({ number: i + before + 1, cells: guarded ? row.map(plainCell) : row, comma }))
    .filter((row) => row.cells.length > 1 || row.cells[0]?.trim());
}

/** How many names a message lists. */
const LISTED = 20;

/** Names in a message: of very many the first. */
const listed = (names: readonly string[]): string =>
  names.length > LISTED ? `${names.slice(0, LISTED).join(', ')}, … (${names.length} in all)` : names.join(', ');

/** Whether a text is a table at all. What is none is not quoted or shown: it may be any file, with anything in it. */
export const isTable = ({ names, rows }: Table): boolean =>
  names.length > 1 && rows.length > 0 && rows.every(({ cells: row }) => row.length === names.length);

/** The index of the column of labels. */
function labelColumn(table: Table, label: string): number {
  const { names } = table;
  if (!names.includes(label) && !isTable(table))
    throw new InputError(
      `the data file has no column "${label}", and is no table: a table has a header and as many cells in each row`,
    );
  const known = new Set<string>();
  for (const name of names) {
    if (known.has(name)) throw new InputError(`two columns are named "${name}": every column needs its own name`);
    known.add(name);
  }
  const at = names.indexOf(label);
  if (at < 0 && hasNoHeader(table))
    throw new InputError(
      `the data file has no column "${label}": its first row holds ${names.every((name) => isDecimal(name)) ? 'numbers alone' : 'data'}, as that of a file without a header; ` +
        `call its columns column 1 to column ${names.length}`,
      LABEL,
    );
  if (at < 0) throw new InputError(`the data file has no column "${label}": its columns are ${listed(names)}`, LABEL);
  if (names.length < 2) throw new InputError(`the data file has no column beside the label's, "${label}"`);
  return at;
}

import { InputError } from '../registry/problem';
import { quoted } from '../registry/quoted';
import { isDecimal } from '../text/decimal';

/** A column of a data file as features: one number, or one 0 or 1 for each of its categories. */
export interface Column {
  readonly name: string;
  /** Absent where the column holds numbers. */
  readonly categories?: readonly string[];
}

/** What becomes of cells without a value. */
export const missingPolicies = [
  { id: 'refuse', title: 'Refuse', summary: 'A cell without a value is an error.' },
  { id: 'drop', title: 'Drop the row', summary: 'Rows with a cell without a value are left out.' },
  { id: 'mean', title: 'Mean', summary: 'A cell without a value is given the mean of the train rows.' },
] as const;

export type MissingPolicy = (typeof missingPolicies)[number]['id'];

/** What a column of labels holds. */
export const tasks = [
  { id: 'classification', title: 'Classification', summary: 'The labels are classes.' },
  { id: 'regression', title: 'Regression', summary: 'The labels are numbers.' },
] as const;

export type Task = (typeof tasks)[number]['id'];

/** A row of a file, counted from 1, the header included. */
export interface Row {
  readonly number: number;
  readonly cells: readonly string[];
  /** Whether numbers have a decimal comma, for cells stand between semicolons. */
  readonly comma?: boolean;
}

/** What files write where there is no value. */
const MISSING = /^(|na|n\/a|nan|null|none|\?)$/i;

/** The most categories of one column: more are free text, or a number for each row. */
const MOST = 100;

export const isMissing = (cell: string): boolean => MISSING.test(cell.trim());

/** A decimal number with a comma for its point. */
const DECIMAL_COMMA = /^([+-]?\d*),(?=\d+(e[+-]?\d+)?$)/i;

/** Numbers with commas that `numberText` does not read: it could not tell thousands from decimals. */
const COMMAS = /^[+-]?[\d.,]*,[\d.,]*$/;

/** A number of thousands between commas, or a decimal number with three digits: nobody can tell. */
const AMBIGUOUS = /^[+-]?[1-9]\d{0,2}(,\d{3})+$/;

/** Numbers whose thousands are set apart by blanks, apostrophes or points: they are no text. */
const SET_APART = /^[+-]?\d{1,3}(?:([ \u00a0\u2009\u202f'’])\d{3}(?:\1\d{3})*|(?:\.\d{3}){2,})([.,]\d+)?$/;

/**
 * Whether the commas of a table's cells are decimal, where cells stand between tabs. An InputError names the first cell
 * with a comma where each of them may set thousands apart; `before` is how many lines stand before the table.
 */
export function hasDecimalCommas(rows: readonly (readonly string[])[], before: number): boolean {
  let doubtful: string | undefined;
  for (const [i, row] of rows.entries())
    for (const [at, text] of row.entries()) {
      const cell = text.trim();
      if (!cell.includes(',')) continue;
      if (!AMBIGUOUS.test(cell)) {
        if (DECIMAL_COMMA.test(cell)) return true;
        continue;
      }
      doubtful ??= `row ${i + before + 1}, column ${quoted(rows[0]![at]?.trim() ?? `column ${at + 1}`)}: ${quoted(cell)}`;
    }
  if (doubtful !== undefined)
    throw new InputError(`${doubtful} may be thousands or decimals: write numbers without a separator of thousands`);
  return false;
}

/** A row's cell as `isDecimal` takes it, which has no decimal comma. */
export const numberText = ({ cells, comma }: Row, at: number): string => {
  const cell = cells[at]!.trim();
  return comma ? cell.replace(DECIMAL_COMMA, '$1.') : cell;
};

/** The names of a column's features, in order. */
export const featuresOf = ({ name, categories }: Column): string[] =>
  categories ? categories.map((value) => `${name}=${value}`) : [name];

/** A column of a header by its cells: of categories where no cell that has a value is a number, "0x1F" included. */
export function columnOf(name: string, rows: readonly Row[], at: number): Column {
  const values = rows.map((row) => numberText(row, at)).filter((cell) => !isMissing(cell));
  if (!values.length || values.some((cell) => !Number.isNaN(Number(cell)))) return { name };
  if (values.every((cell) => COMMAS.test(cell)))
    throw new InputError(`column "${name}" holds numbers with a comma, such as "${values[0]}": write them without`);
  const apart = rows.find((row) => SET_APART.test(row.cells[at]!.trim()));
  if (apart && values.every((cell) => SET_APART.test(cell)))
    throw new InputError(
      `row ${apart.number}, column "${name}": "${apart.cells[at]!.trim()}" has a separator of thousands: write numbers without`,
    );
  const categories = [...new Set(values)].sort((a, b) => (a < b ? -1 : 1));
  if (categories.length > MOST)
    throw new InputError(
      `column "${name}" holds ${categories.length} different texts: at most ${MOST} can be categories, so leave the column out`,
    );
  return { name, categories };
}

/**
 * Writes the features of a row from an offset of `out` on, NaN where a cell has no value and `missing` allows it.
 * An InputError names the row, the column and the value at fault.
 */
export function writeFeatures(
  row: Row,
  columns: readonly (Column & { readonly at: number })[],
  missing: MissingPolicy,
  out: Float64Array,
  offset: number,
): void {
  const { number, cells } = row;
  let k = offset;
  for (const { name, categories, at } of columns) {
    const cell = cells[at]!.trim();
    const empty = isMissing(cell);
    if (empty && missing !== 'mean')
      throw new InputError(
        `row ${number}, column "${name}": ` +
          (cell ? `"${cell}" is no value` : 'the cell is empty, and every cell but the label must have a value') +
          (missing === 'refuse' ? ' (set data.missing to drop or mean to allow it)' : ''),
        ['data', 'missing'],
      );
    if (categories) {
      if (!empty && !categories.includes(cell))
        throw new InputError(`row ${number}, column "${name}": "${cell}" is not one of ${categories.join(', ')}`);
      for (const value of categories) out[k++] = empty ? NaN : Number(value === cell);
    } else {
      const value = empty ? NaN : numberOf(numberText(row, at));
      if (!empty && !Number.isFinite(value))
        throw new InputError(`row ${number}, column "${name}": "${cell}" is not a number`);
      out[k++] = value;
    }
  }
}

const numberOf = (cell: string) => (isDecimal(cell) ? Number(cell) : NaN);

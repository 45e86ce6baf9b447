import papa from 'papaparse';
import { inRange, rangeText } from '../registry/parameters';
import { InputError } from '../registry/problem';
import { quoted } from '../registry/quoted';
import { isDecimal } from '../text/decimal';
import { readPythonJson } from '../text/pythonJson';
import type { NumbersInput } from './inputs';

/** Headers of the column that is wanted, where a table has several. */
const COLUMN = /^betas?$/i;

/** Checks the numbers of an input; an InputError names the first row at fault, its value and what is allowed. */
export function checkNumbers(values: readonly unknown[], input: NumbersInput): readonly number[] {
  const { minLength, maxLength } = input;
  const allowed = `a number ${rangeText({ min: input.min, max: input.max, ...(input.open && { open: input.open }) })}`;
  const row = { ...input, symbol: '', default: 0, slider: [0, 0], unit: '' } as const;
  const wrong = values.findIndex((value) => typeof value !== 'number' || !inRange(row, value));
  if (wrong >= 0) throw new InputError(`row ${wrong + 1} must be ${allowed}: got ${quoted(values[wrong])}`);
  if (values.length < minLength || values.length > maxLength)
    throw new InputError(`there must be ${minLength} to ${maxLength} numbers: got ${values.length}`);
  return values as readonly number[];
}

/**
 * The numbers of a text: a JSON list; numbers between commas, blanks and line ends; or CSV with a header, of which the
 * only column, or the one named beta, is read. An InputError names the row and the value at fault.
 */
export function parseNumbers(text: string, input: NumbersInput): readonly number[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (!trimmed) throw new InputError(`there must be ${input.minLength} to ${input.maxLength} numbers: got none`);
  if (trimmed.startsWith('[')) return checkNumbers(readPythonJson(trimmed) as readonly unknown[], input);
  const [first] = trimmed.split(/\r?\n/, 1) as [string];
  const cells = /[a-z]{2,}/i.test(first) ? columnOf(trimmed) : trimmed.split(/[\s,;]+/).filter(Boolean);
  return checkNumbers(
    cells.map((cell) => (isDecimal(cell) ? Number(cell) : cell)),
    input,
  );
}

/** The cells of the wanted column of a CSV text with a header. */
function columnOf(text: string): string[] {
  const [header, ...rows] = papa.parse(text).data.filter((row) => row.some((cell) => cell.trim())) as [
    string[],
    ...string[][],
  ];
  const names = header.map((name) => name.trim());
  const at = names.length === 1 ? 0 : names.findIndex((name) => COLUMN.test(name));
  if (at < 0) throw new InputError(`the header has no column "beta": it has ${names.map(quoted).join(', ')}`);
  return rows.map((row) => (row[at] ?? '').trim());
}

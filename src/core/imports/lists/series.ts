import papa from 'papaparse';
import { InputError } from '../../registry/problem';
import { quoted } from '../../registry/quoted';
import { isDecimal } from '../../text/decimal';
import type { ImportFile } from '../import';
import { jsonOf, refuseConflict, textOf } from '../jsonFile';
import { isNpy, isZip, npzNames, readNpy, readNpz, type NumberArray, type TextArray } from '../../files/npy';

/** A list of numbers of a file, and its name there; an empty name where it has none. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
  /** The first cell that is no number, with its row, where there is one. */
  readonly wrong?: { readonly row: number; readonly cell: string };
  /** Whether the rows stand at even times from 0 to 1, both ends among them. */
  readonly bothEnds?: boolean;
  /** The columns of the table it is in that hold no number at all, such as labels; without that of the schedule. */
  readonly words?: readonly string[];
  /** The schedule that the rows are of, and how many there are, where a file has several. */
  readonly schedule?: { readonly name: string; readonly of: number };
}

/** The most numbers of a list, and the most bytes that an archive of lists may unpack to. */
const [MOST, BYTES] = [1_000_000, 16_000_000];

/** Whether a file can hold lists of numbers, by its first characters. */
export function holdsSeries({ bytes, text }: ImportFile): boolean {
  if (isNpy(bytes) || isZip(bytes)) return true;
  return text !== undefined && text.trim() !== '' && !/^\s*[<>=]/.test(text);
}

/** The lists of numbers of a file. An InputError names the row and the value that is no number. */
export function seriesOf(file: ImportFile): Series[] {
  const { name, bytes } = file;
  if (isNpy(bytes)) return [{ name: stem(name), values: listOf(readNpy(bytes, name, MOST), name) }];
  if (isZip(bytes)) {
    const arrays = readNpz(bytes, name, npzNames(bytes, name), { values: MOST, bytes: BYTES });
    return [...arrays].map(([key, array]) => ({ name: key, values: listOf(array, `${name}, ${key}`) }));
  }
  const text = textOf(file);
  refuseConflict(text);
  if (!text) throw new InputError(`${name} is empty`);
  if (text.startsWith('[') || text.startsWith('{')) return ofJson(jsonOf(text), name);
  return ofText(text, name);
}

/** A file's name without its ending: a hint at what it holds. */
const stem = (name: string) => name.replace(/\.[^.]*$/, '');

/** The numbers of an array that is a list: no more than one of its lengths is not 1. */
function listOf(array: NumberArray | TextArray, name: string): readonly number[] {
  const { shape } = array;
  if ('texts' in array) throw new InputError(`${name}: its elements are texts, and a list of numbers is needed`);
  if (shape.filter((n) => n !== 1).length > 1)
    throw new InputError(`${name}: its shape is ${shape.join(' x ')}: a list is needed`);
  return checked(Array.from(array.values), name);
}

function ofJson(value: unknown, file: string): Series[] {
  if (Array.isArray(value)) return [{ name: stem(file), values: checked(value, file) }];
  const lists = Object.entries(value as object).filter(([, one]) => Array.isArray(one));
  if (!lists.length) throw new InputError(`${file} holds no list of numbers`);
  return lists.map(([name, one]) => ({ name, values: checked(one as unknown[], name) }));
}

function checked(values: readonly unknown[], name: string): readonly number[] {
  if (values.length > MOST) throw new InputError(`${name} has ${values.length} values: at most ${MOST} are read`);
  const wrong = values.findIndex((value) => typeof value !== 'number' || Number.isNaN(value));
  if (wrong >= 0) throw new InputError(`${name}: value ${wrong + 1} must be a number: got ${quoted(values[wrong])}`);
  return values as readonly number[];
}

/** What Python prints around the numbers of an array: tensor([…], device='cuda:0'), array([…]), sigmas = […]. */
const PRINTED =
  /^(?:([A-Za-z_][\w.]*)\s*[:=]\s*)?(?:(?:torch\.|np\.)?(?:tensor|array)\(\s*)?\[?([^[\]()]*)\]?(?:\s*,\s*\w+\s*=\s*[^)]*)?\)?$/;

function ofText(text: string, file: string): Series[] {
  const [, name, inner] = PRINTED.exec(text) ?? [];
  const parts = (inner ?? '').split(/[\s,;]+/).filter(Boolean);
  if (inner !== undefined && parts.length && parts.every(isNumber))
    return [{ name: name ?? stem(file), values: parts.map(numberOf) }];
  return ofTable(text, file);
}

const isNumber = (cell: string) => isDecimal(cell) || /^[+-]?inf(inity)?$/i.test(cell);

/** The number of a cell, as Python writes infinities too; NaN where it is none. */
const numberOf = (cell: string): number =>
  isDecimal(cell) ? Number(cell) : isNumber(cell) ? (cell.startsWith('-') ? -Infinity : Infinity) : NaN;

/** A table with a header: its columns that hold numbers. */
function ofTable(text: string, file: string): Series[] {
  const rows = papa.parse(text).data.filter((row) => row.some((cell) => cell.trim()));
  const [header = [], ...rest] = rows;
  const names = header.map((cell) => cell.trim());
  if (!rest.length || names.every((cell) => isDecimal(cell)) || names.every((cell) => !cell)) {
    const flat = rows.flat().map((cell) => cell.trim());
    const at = flat.findIndex((cell) => !isNumber(cell));
    throw new InputError(`${file}: value ${at + 1} must be a number: got ${quoted(flat[at])}`);
  }
  if (rest.length > MOST) throw new InputError(`${file} has ${rest.length} rows: at most ${MOST} are read`);
  const cell = (row: readonly string[], at: number) => (row[at] ?? '').trim();
  const column = names.indexOf('schedule');
  const labels = new Set(column < 0 ? [] : rest.map((row) => cell(row, column)));
  const [label] = labels;
  const own = labels.size > 1 ? rest.filter((row) => cell(row, column) === label) : rest;
  const numbers = (at: number) => own.map((row) => numberOf(cell(row, at)));
  const about = {
    ...(names.includes('t') && evenFromEndToEnd(numbers(names.indexOf('t'))) && { bothEnds: true }),
    ...(labels.size > 1 && { schedule: { name: label!, of: labels.size } }),
  };
  const columns = names.map((name, at) => {
    const values = numbers(at);
    const row = values.findIndex(Number.isNaN);
    return { name, values, ...about, ...(row >= 0 && { wrong: { row: row + 1, cell: cell(own[row]!, at) } }) };
  });
  const held = columns.filter(({ values }) => !values.every(Number.isNaN));
  const words = columns.filter((one) => one.name !== 'schedule' && !held.includes(one)).map(({ name }) => name);
  if (held.length) return words.length ? held.map((one) => ({ ...one, words })) : held;
  throw new InputError(`${file} holds no list of numbers: no cell below ${quoted(names.join(', '))} is a number`);
}

/** Whether times run evenly from 0 to 1. */
const evenFromEndToEnd = (times: readonly number[]): boolean =>
  times.length > 2 && times.every((t, i) => Math.abs(t - i / (times.length - 1)) < 1e-9);

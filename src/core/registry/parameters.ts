import { InputError, type Problem } from './problem';
import { quoted } from './quoted';

/** One number a registry row takes: what it means, its default, and what is allowed. */
export interface Parameter {
  /** What the field calls it, where it has a name there: "Learning rate". */
  readonly title?: string;
  readonly symbol: string;
  readonly summary: string;
  /** How it acts, in one line of plain text: "min(SNR′(t), c)". */
  readonly formula?: string;
  readonly default: number;
  /** Allowed range, both ends included unless `open` names them. */
  readonly min: number;
  readonly max: number;
  readonly open?: 'min' | 'max' | 'both';
  /** Whether only whole numbers are allowed. */
  readonly integer?: boolean;
  /** The part of the range a slider covers; typing reaches the rest. */
  readonly slider: readonly [number, number];
  readonly unit: string;
}

export type Parameters = Readonly<Record<string, Parameter>>;
export type Values<P extends Parameters = Parameters> = { readonly [K in keyof P]: number };

/** What every registry row with parameters has. */
export interface Parametric<P extends Parameters = Parameters> {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly source: string;
  readonly parameters: P;
  /** Checks what a single range cannot: how parameters must relate. */
  check?(values: Values<P>): Pick<Problem, 'path' | 'message'> | undefined;
}

/** A row's parameters at their defaults. */
export const defaults = ({ parameters }: Pick<Parametric, 'parameters'>): Values =>
  Object.fromEntries(Object.entries(parameters).map(([key, parameter]) => [key, parameter.default]));

/** The allowed range in words: "from 0 to 1", "greater than 0 and at most 1". */
export function rangeText({ min, max, open }: Pick<Parameter, 'min' | 'max' | 'open'>): string {
  if (!open) return `from ${min} to ${max}`;
  const low = open === 'max' ? `at least ${min}` : `greater than ${min}`;
  return `${low} and ${open === 'min' ? 'at most' : 'less than'} ${max}`;
}

/** What is allowed in words: "a number from 0 to 1", "a whole number from 1 to 10". */
export const allowedText = (parameter: Pick<Parameter, 'min' | 'max' | 'open' | 'integer'>): string =>
  `a ${parameter.integer ? 'whole number' : 'number'} ${rangeText(parameter)}`;

/** Whether a parameter may have this value. */
export function inRange(
  { min, max, open, integer }: Pick<Parameter, 'min' | 'max' | 'open' | 'integer'>,
  value: unknown,
): value is number {
  if (typeof value !== 'number') return false;
  if (integer && !Number.isInteger(value)) return false;
  const low = open === 'min' || open === 'both' ? value > min : value >= min;
  return low && (open === 'max' || open === 'both' ? value < max : value <= max);
}

/** A value as a message shows it that names no text: 7, or x for the text "x". */
const plainly = (value: unknown) => quoted(value).replace(/^"(.*)"$/s, '$1');

/** What is wrong with a set of values, each problem at the parameter it names. */
export function checkValues(row: Parametric, values: Values): Pick<Problem, 'path' | 'message'>[] {
  const found = Object.entries(row.parameters)
    .filter(([key, parameter]) => !inRange(parameter, values[key]!))
    .map(([key, parameter]) => ({
      path: [key],
      message: `${key} must be ${allowedText(parameter)}: got ${plainly(values[key])}`,
    }));
  const cross = found.length ? undefined : row.check?.(values);
  return cross ? [cross] : found;
}

/** The values with defaults filled in; an InputError names the parameter, its value and what is allowed. */
export function fillValues(row: Parametric, params: Partial<Values> = {}): Values {
  const names = Object.keys(row.parameters);
  const unknown = Object.keys(params).find((key) => !names.includes(key));
  if (unknown) throw new InputError(`${row.id} has no parameter "${unknown}": it takes ${names.join(', ') || 'none'}`);
  const values = { ...defaults(row), ...params } as Values;
  const [problem] = checkValues(row, values);
  if (problem) throw new InputError(`${row.id}: ${problem.message}`);
  return values;
}

/** The row of this id; an InputError that lists the known ids where there is none. */
export function rowOf<T extends { readonly id: string }>(kind: string, rows: readonly T[], id: string): T {
  const row = rows.find((one) => one.id === id);
  if (!row)
    throw new InputError(`unknown ${kind} ${quoted(id)}: choose one of ${rows.map((one) => one.id).join(', ')}`);
  return row;
}

import { parseArgs, type ParseArgsConfig } from 'node:util';
import { InputError } from '../core/registry/problem';

type Options = NonNullable<ParseArgsConfig['options']>;

type Parsed<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>['values'];

/** Parses options and one required positional; an InputError says what is wrong and how the command is used. */
export function parse<O extends Options>(
  args: string[],
  options: O,
  usage: string,
): { positional: string; values: Parsed<O> } {
  const { positional, values } = parseOptional(args, options, usage);
  if (positional === undefined) throw new InputError(`an argument is missing\nUsage: noprop ${usage}`);
  return { positional, values };
}

/** Parses options and at most one positional. */
export function parseOptional<O extends Options>(
  args: string[],
  options: O,
  usage: string,
): { positional: string | undefined; values: Parsed<O> } {
  const { positionals, values } = parseSeveral(args, options, usage, 1);
  return { positional: positionals[0], values };
}

/** Parses options and at most so many positionals. */
export function parseSeveral<O extends Options>(
  args: string[],
  options: O,
  usage: string,
  most: number,
): { positionals: string[]; values: Parsed<O> } {
  const parsed = attempt(() => parseArgs({ args, options, allowPositionals: true, strict: true }), usage);
  const extra = parsed.positionals[most];
  if (extra !== undefined) throw new InputError(`unexpected "${extra}"\nUsage: noprop ${usage}`);
  return { positionals: parsed.positionals, values: parsed.values };
}

function attempt<T>(make: () => T, usage: string): T {
  try {
    return make();
  } catch (error) {
    throw new InputError(`${(error as Error).message}\nUsage: noprop ${usage}`);
  }
}

/** A number as a user types it, "1e-3" or "-5"; an InputError names the field and the text. */
export function toNumber(field: string, text: string): number {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(value)) throw new InputError(`${field} must be a finite number: got "${text}"`);
  return value;
}

/** Step counts between commas, ascending; an InputError names the field and what is allowed. */
export function readSteps(field: string, text: string): number[] {
  const steps = text.split(',').map((part) => toNumber(field, part));
  const wrong = steps.find((count) => !(Number.isInteger(count) && count >= 1 && count <= 100_000));
  if (wrong !== undefined)
    throw new InputError(`${field} must be whole numbers from 1 to 100000 between commas: got ${wrong}`);
  return [...new Set(steps)].sort((a, b) => a - b);
}

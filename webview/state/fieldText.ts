import type { Field } from '../../src/core/experiment/fieldAt';
import { allowedText } from '../../src/core/registry/parameters';
import type { NumbersInput } from '../../src/core/schedules/inputs';

/** Lists as text, kept as long as they are: a page draws often, and a list may be long. */
const listTexts = new WeakMap<readonly unknown[], string>();

function listText(values: readonly unknown[]): string {
  const known = listTexts.get(values);
  if (known !== undefined) return known;
  const text = values.join(', ');
  listTexts.set(values, text);
  return text;
}

/** A value of the document as a field shows it; empty where there is none. */
export function textOf(value: unknown): string {
  if (Array.isArray(value)) return listText(value);
  return typeof value === 'number' || typeof value === 'string' ? String(value) : '';
}

/** A list of numbers as its field shows it: what belongs together in a line of its own. */
export function numbersText(values: readonly number[], { together }: Pick<NumbersInput, 'together'>): string {
  if (together === undefined) return listText(values);
  const lines = Array.from({ length: Math.ceil(values.length / together) }, (_, k) =>
    values.slice(k * together, (k + 1) * together).join(', '),
  );
  return lines.join('\n');
}

/** A number as a person types it; NaN where it is none. A true minus sign and a decimal comma are read too. */
export function parseNumber(text: string): number {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  return plain === '' ? NaN : Number(plain);
}

/** What a text means for a field, or why the field does not take it. */
export type Reading = { readonly value: unknown; readonly message?: undefined } | { readonly message: string };

/** Reads a text that was typed into a field. An empty text takes away a value that needs not be there. */
export function readText(field: Field, text: string): Reading {
  const { kind, parameter } = field;
  const value = kind === 'number' ? numberOf(field, text) : kind === 'list' ? listOf(text) : text;
  if (parameter && typeof value === 'string') {
    const shown = text.trim() === '' ? 'nothing' : text;
    return { message: `${String(field.path.at(-1))} must be ${allowedText(parameter)}: got ${shown}` };
  }
  const message = field.refusal(value);
  return message === undefined ? { value } : { message };
}

/** A number, or the text itself where it is none, for the schema to refuse by name. */
function orText(text: string): number | string {
  const value = parseNumber(text);
  return Number.isNaN(value) ? text : value;
}

const numberOf = ({ default: standard }: Field, text: string): number | string | undefined =>
  standard === undefined && text.trim() === '' ? undefined : orText(text);

const listOf = (text: string): (number | string)[] =>
  text
    .split(/[,\s]+/)
    .filter(Boolean)
    .map(orText);

import { ownOf } from '../registry/own';
import { allowedText } from '../registry/parameters';
import type { Experiment } from './experiment';
import { fieldAt, type Field } from './fieldAt';

/** The id of a choice's value, which may be an object told apart by it; other values as they are. */
const idOf = (value: unknown): unknown => ownOf(value, 'id') ?? value;

/**
 * Whether a field that may be left out has another value than it then has. A choice is told by its id alone: what stands
 * in its object are fields of their own.
 */
export function isChanged(field: Field, value: unknown): boolean {
  if (field.default === undefined && field.refusal(undefined) !== undefined) return false;
  const plain = field.kind === 'choice' ? idOf : (one: unknown) => one;
  return JSON.stringify(plain(value)) !== JSON.stringify(plain(field.default));
}

/** A value as a person reads it: a choice by its title, a flag as on or off, a list by its items. */
export function valueText({ kind, choices }: Pick<Field, 'kind' | 'choices'>, value: unknown): string {
  if (value === undefined || (Array.isArray(value) && !value.length)) return 'none';
  if (kind === 'flag') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.map((one) => valueText({ kind: 'choice', choices }, one)).join(', ');
  const id = idOf(value);
  return choices?.find((row) => row.id === id)?.title ?? String(id);
}

/** How a field is called: by its name, or by the symbol and the meaning of a number that has none. */
export const labelOf = ({ title, parameter }: Pick<Field, 'title' | 'parameter'>): string =>
  parameter && !parameter.title ? `${parameter.symbol}, ${parameter.summary}` : title;

/** A phrase as a line of its own, without an end. */
export const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, '');

/** Which numbers a field takes, what they count, and what it is where it is left out; empty where there is none of it. */
export function rangeNote({ parameter, range, ...field }: Field): string {
  const unit = parameter?.unit ?? '1';
  const counted = unit === '1' || unit === 'integer' ? '' : `, ${unit.startsWith('per') ? '' : 'in '}${unit}`;
  const allowed = range ? `${sentence(allowedText(range))}${counted}` : '';
  const standard = field.default === undefined ? '' : `default ${valueText(field, field.default)}`;
  return sentence([allowed, standard].filter(Boolean).join('; '));
}

/** What stands under the pointer: symbol and meaning, how it acts, and which numbers are allowed. */
export function hintOf(field: Field): string {
  const { summary, parameter } = field;
  if (!parameter) return sentence(summary);
  const { symbol, formula } = parameter;
  return [`${symbol}: ${parameter.summary}`, ...(formula ? [formula] : []), rangeNote(field)].join('\n');
}

/**
 * A message of the schema with names of settings in place of their keys, its own and those beside it: Learning rate must
 * be …, γ₁ must be greater than γ₀ …
 */
export function spokenMessage(field: Field, message: string, experiment?: Experiment): string {
  const around = field.path.slice(0, -1);
  return message.replace(/^[a-zA-Z]\w*(?= must )|(?<= than )[a-zA-Z]\w*/g, (key) => {
    const named = key === field.path.at(-1) ? field : fieldAt([...around, key], experiment);
    if (!named) return key;
    return named.parameter ? (named.parameter.title ?? named.parameter.symbol) : named.title;
  });
}

const folded = (text: string) => text.toLowerCase();

/** Whether every word of a search is in what a field is called: its label, key, symbol, sentence or choices. */
export function isFound({ path, title, summary, parameter, choices = [] }: Field, search: string): boolean {
  const texts = [title, path.join('.'), summary, parameter?.symbol, ...choices.map((row) => row.title)];
  const all = folded(texts.join('\n'));
  return folded(search)
    .split(/\s+/)
    .every((word) => all.includes(word));
}

import type { Experiment } from '../experiment/experiment';
import { InputError } from '../registry/problem';
import { quoted } from '../registry/quoted';

/** A setting that is varied. */
export type SweepAxis = Experiment['sweep']['axes'][number];

/** What an axis has beside its path. */
export type AxisValues = Pick<SweepAxis, 'values' | 'range'>;

/** Two numbers with two dots between them, and how they are spread: 1e-4..1e-2:log. */
const RANGE = /^\s*(-?[\d.]*\d(?:e[+-]?\d+)?)\s*\.\.\s*(-?[\d.]*\d(?:e[+-]?\d+)?)\s*(?::\s*(log|linear))?\s*$/i;

/** The parts of a text between commas that stand in no bracket and no quotes. */
function parts(text: string): string[] {
  const found = [''];
  let depth = 0;
  let inQuotes = false;
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]!;
    if (letter === '"' && text[i - 1] !== '\\') inQuotes = !inQuotes;
    if (!inQuotes && '[{'.includes(letter)) depth++;
    if (!inQuotes && ']}'.includes(letter)) depth--;
    if (letter === ',' && depth === 0 && !inQuotes) found.push('');
    else found[found.length - 1] += letter;
  }
  return found.map((part) => part.trim());
}

/** JSON where it is JSON, else text. */
export function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const number = Number(text); // .001 is none in JSON
    return text.trim() !== '' && Number.isFinite(number) ? number : text;
  }
}

/**
 * The values of an axis as a person types them: apart by commas outside brackets, .001,.003 or [8],[32,32]; or a range,
 * 1e-4..1e-2 or 1e-4..1e-2:log. An InputError where a value is missing.
 */
export function readAxisValues(text: string): AxisValues {
  const [, low, high, scale = 'linear'] = RANGE.exec(text) ?? [];
  if (low !== undefined && high !== undefined)
    return { range: { low: Number(low), high: Number(high), scale: scale.toLowerCase() === 'log' ? 'log' : 'linear' } };
  const values = parts(text);
  if (values.includes(''))
    throw new InputError(
      values.length > 1 ? `a value is missing in ${quoted(text)}` : 'values are missing: give them apart by commas',
    );
  return { values: values.map(jsonOrText) };
}

/** A value as it is typed: text alone where it cannot be taken for anything else. */
export const valueText = (value: unknown): string =>
  typeof value === 'string' && jsonOrText(value) === value && !/[,[\]{}"]/.test(value) ? value : JSON.stringify(value);

/** The values of an axis as a person types them. */
export function axisValuesText({ values, range }: AxisValues): string {
  if (range) return `${range.low}..${range.high}${range.scale === 'log' ? ':log' : ''}`;
  return (values ?? []).map(valueText).join(', ');
}

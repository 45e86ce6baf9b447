import { predictedQuantities, type DiagnosticSettings, type Diagnosis } from '../core/diagnostics';
import { formatNumber } from '../core/text/format';
import { InputError } from '../core/registry/problem';
import { toNumber } from './arguments';
import { toTable } from './textTable';

/** The options that say what a schedule is used with. */
export const diagnosticOptions = {
  window: { type: 'string' },
  prediction: { type: 'string' },
  dimension: { type: 'string' },
  cap: { type: 'string' },
} as const;

export const DIAGNOSTIC_USAGE = `[--window |γ|] [--prediction ${predictedQuantities.join('|')}] [--dimension d] [--cap SNR′]`;

type OptionValues = { readonly [K in keyof typeof diagnosticOptions]?: string | undefined };

/** What a schedule is used with; an InputError names the option, what it was given, and what is allowed. */
export function readDiagnosticSettings({
  window = '15',
  prediction = 'u',
  dimension,
  cap,
}: OptionValues): DiagnosticSettings {
  const known = predictedQuantities.find((one) => one === prediction);
  if (!known)
    throw new InputError(`--prediction must be one of ${predictedQuantities.join(', ')}: got "${prediction}"`);
  const d = dimension === undefined ? undefined : toNumber('--dimension', dimension);
  if (d !== undefined && !(Number.isInteger(d) && d >= 1))
    throw new InputError(`--dimension must be a whole number from 1: got ${dimension}`);
  const limit = toNumber('--window', window);
  if (!(limit > 0 && limit <= 700))
    throw new InputError(`--window must be a number greater than 0 and at most 700: got ${window}`);
  const weightCap = cap === undefined ? Infinity : toNumber('--cap', cap);
  if (!(weightCap > 0)) throw new InputError(`--cap must be a number greater than 0: got ${cap}`);
  return { limit, prediction: known, dimension: d, weightCap };
}

/** Diagnostics as lines; below one with a table, its rows. */
export const diagnosticsText = (diagnostics: readonly Diagnosis[]): string =>
  diagnostics
    .map(({ severity, sentence, figures, tabular }) => {
      const rows = figures.map(({ name, value, unit }) => [`  ${name}`, `${formatNumber(value)} ${unit}`]);
      return `${severity}: ${sentence}\n${tabular ? toTable(rows, 1) : ''}`;
    })
    .join('');

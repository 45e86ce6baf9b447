import type { NumbersInput } from './inputs';
import { defineSchedule, type EntryProblem } from './schedule';
import { logSnrTableSchedule } from './table';

/** The log-SNR that stands for no signal at all, in the noisiest row: JSON has no -Infinity. */
export const NO_SIGNAL = -700;

const table: NumbersInput = {
  kind: 'numbers',
  title: 'Log-SNR',
  summary: `the log-SNR of each row in nats, least noisy first, so that it falls; ${NO_SIGNAL} in the last row leaves no signal at t = 0`,
  min: NO_SIGNAL,
  max: 700,
  minLength: 2,
  maxLength: 100_000,
  default: Array.from({ length: 50 }, (_, i) => Number((7 - 0.24 * i).toFixed(2))),
};

export const logSnrTable = defineSchedule({
  id: 'log-snr-table',
  title: 'Table of log-SNR',
  summary: 'Any table of noise levels, as sigmas or ᾱ give it, every digit kept, interpolated between its rows.',
  equation: String.raw`\gamma(t_i) = \gamma_i, \quad t_i = 1 - \frac{i+1}{N}`,
  source: 'Kingma et al., Variational Diffusion Models, arXiv 2107.00630; the rows stand as those of DDPM',
  parameters: {},
  inputs: { table },
  checkInputs({ table: given }): EntryProblem[] {
    const rows = given as readonly number[];
    const wrong = rows.findIndex((logSnr, i) => i > 0 && !(logSnr < rows[i - 1]!));
    if (wrong < 0) return [];
    const message = `the log-SNR must fall from row to row: row ${wrong + 1} of table (${rows[wrong]}) is not below row ${wrong} (${rows[wrong - 1]})`;
    return [{ severity: 'error', path: ['inputs', 'table', wrong], message }];
  },
  create(_, inputs) {
    const rows = inputs.table as readonly number[];
    const last = rows.length - 1;
    return logSnrTableSchedule(rows.map((logSnr, i) => (i === last && logSnr <= NO_SIGNAL ? -Infinity : logSnr)));
  },
});

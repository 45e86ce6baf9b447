import type { NumbersInput } from './inputs';
import { defineSchedule, type EntryProblem } from './schedule';
import { tableSchedule } from './table';

const table: NumbersInput = {
  kind: 'numbers',
  title: 'Betas',
  formats: 'Numbers, CSV, a JSON list, or a scheduler configuration of diffusers',
  summary: 'the noise variance of each step; a last beta of 1 leaves no signal at t = 0',
  min: 0,
  max: 1,
  open: 'min',
  minLength: 2,
  maxLength: 100_000,
  default: Array.from({ length: 50 }, (_, i) => Number((0.002 + (0.4 * i) / 49).toPrecision(4))),
};

/** The table in diffusers' order, least noisy first. */
export const dataFirst = (betas: readonly number[], direction: unknown) =>
  direction === 'noise-first' ? [...betas].reverse() : betas;

export const betas = defineSchedule({
  id: 'betas',
  title: 'Table of betas',
  summary: 'Any table of betas, pasted or read from a file, interpolated between its rows.',
  equation: String.raw`\bar\alpha_i = \prod_{j \le i} (1 - \beta_j), \quad t_i = 1 - \frac{i+1}{N}`,
  source: 'Ho et al., DDPM, arXiv 2006.11239; trained_betas of diffusers',
  parameters: {},
  inputs: {
    table,
    direction: {
      kind: 'choice',
      title: 'Order',
      summary: 'which end of the table comes first',
      options: [
        { id: 'data-first', title: 'Data first', summary: 'least noisy row first, as in diffusers' },
        { id: 'noise-first', title: 'Noise first', summary: 'noisiest row first: the table is reversed' },
      ],
      default: 'data-first',
    },
  },
  checkInputs({ table: given, direction }): EntryProblem[] {
    const rows = given as readonly number[];
    const noisiest = direction === 'noise-first' ? 0 : rows.length - 1;
    const wrong = rows.findIndex((beta, i) => beta === 1 && i !== noisiest);
    if (wrong < 0) return [];
    const message = `row ${wrong + 1} of table is 1, which only the noisiest row (row ${noisiest + 1}) may be`;
    return [{ severity: 'error', path: ['inputs', 'table', wrong], message }];
  },
  create: (_, inputs) => tableSchedule(dataFirst(inputs.table as readonly number[], inputs.direction)),
});

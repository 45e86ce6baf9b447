import * as z from 'zod';
import { atMost, choice, fieldNotes, mustBe, parameter, section, text, type Choice } from '../../registry/field';
import { quoted } from '../../registry/quoted';

/** How a sweep chooses its cells, the settings that are trained. */
export const sweepMethods = [
  {
    id: 'grid',
    title: 'Grid',
    summary: 'every value of each setting with every value of the others',
  },
  {
    id: 'random',
    title: 'Random',
    summary: 'cells whose settings are drawn evenly over their values or ranges',
    source: 'Bergstra and Bengio, Random Search for Hyper-Parameter Optimization, JMLR 13, 2012',
  },
  {
    id: 'latin-hypercube',
    title: 'Latin hypercube',
    summary: 'cells that spread over each setting: every one of as many equal parts of a range holds one cell',
    source: 'McKay, Beckman and Conover, Technometrics 21(2), 1979',
  },
  {
    id: 'successive-halving',
    title: 'Successive halving',
    summary: 'all cells with few steps, then the best of them with more, until few have all steps',
    source: 'Jamieson and Talwalkar, AISTATS 2016',
  },
] as const satisfies readonly Choice[];

/** How the numbers of a range are spread. */
export const sweepScales = [
  { id: 'linear', title: 'Linear', summary: 'evenly between the ends' },
  { id: 'log', title: 'Logarithmic', summary: 'evenly between the logarithms of the ends, which are above 0' },
] as const satisfies readonly Choice[];

/** The most values of a setting, and the most cells of a sweep. */
export const MOST_CELLS = 1000;

const end = (key: string, which: string) =>
  z
    .number(mustBe(key, 'a number'))
    .register(fieldNotes, { title: `${which} end`, summary: `${which} end of the range` })
    .describe(`${which} end of the range`);

const rangeField = section('range', {
  low: end('low', 'Lower'),
  high: end('high', 'Upper'),
  scale: choice('scale', sweepScales, 'How the numbers are spread', 'linear'),
}).superRefine(({ low, high, scale }, context) => {
  const refuse = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message });
  if (!(high > low)) refuse('high', `high must be greater than low, ${low}: got ${high}`);
  if (scale === 'log' && low <= 0) refuse('low', `low must be greater than 0 on a logarithmic scale: got ${low}`);
});

const axisField = section('a setting to vary', {
  path: text('path', 'Setting', 'the path of a setting, such as training.learningRate'),
  values: z
    .array(z.unknown(), mustBe('values', 'a list of at least one value'))
    .min(1, 'values must hold at least one value')
    .max(...atMost('values', MOST_CELLS))
    .register(fieldNotes, { title: 'Values', summary: 'What the setting is set to' })
    .optional()
    .describe('What the setting is set to, in place of a range'),
  range: rangeField.optional().describe('Where the numbers are drawn from, in place of values; not for a grid'),
}).superRefine(({ path, values, range }, context) => {
  if ((values === undefined) === (range === undefined))
    context.addIssue({
      code: 'custom',
      path: ['values'],
      message: `${quoted(path)} needs either values or a range`,
    });
});

/** Which settings are varied, and how: each cell is trained with each seed. */
export const sweepField = section('sweep', {
  axes: z
    .array(axisField, mustBe('axes', 'a list of settings to vary'))
    .max(...atMost('axes', 20))
    .register(fieldNotes, {
      title: 'Settings to vary',
      summary: 'Each with its values, or the range that they are drawn from',
    })
    .default([])
    .describe('The settings that are varied, each with its values or its range; default none'),
  method: choice('method', sweepMethods, 'How the cells are chosen', 'grid'),
  cells: parameter('cells', {
    title: 'Cells',
    symbol: 'C',
    summary: 'cells that are drawn; a grid has as many as its values make',
    default: 16,
    min: 1,
    max: MOST_CELLS,
    integer: true,
    slider: [4, 64],
    unit: 'cells',
  }),
  seeds: parameter('seeds', {
    title: 'Seeds of each cell',
    symbol: 'S',
    summary: 'seeds that each cell is trained with, from the experiment’s own on',
    default: 3,
    min: 1,
    max: 100,
    integer: true,
    slider: [1, 10],
    unit: 'seeds',
  }),
  factor: parameter('factor', {
    title: 'Halving factor',
    symbol: 'η',
    summary: 'one of so many cells is kept at each stage of successive halving, and has so many times the steps',
    default: 3,
    min: 2,
    max: 10,
    integer: true,
    slider: [2, 5],
    unit: 'cells',
  }),
})
  .prefault({})
  .describe('The sweep: settings that are varied, and how their cells are chosen and trained');

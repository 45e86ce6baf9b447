import type { NewRow } from './newRow';

/** New rows of what makes and judges schedules. */
export const scheduleRows: readonly NewRow[] = [
  {
    what: 'schedule',
    id: 'quadratic-gamma',
    kind: 'schedules',
    document: { schedules: [{ id: 'quadratic-gamma' }] },
    room: 'src/core/schedules',
    list: 'schedules',
    file: {
      name: 'quadraticGamma',
      source: `import { defineSchedule } from './schedule';

export const quadraticGamma = defineSchedule({
  id: 'quadratic-gamma',
  title: 'Quadratic log-SNR',
  summary: 'A log-SNR that rises faster and faster.',
  equation: String.raw\`\\gamma = r (t^2 + t - 1/4)\`,
  source: 'a test',
  parameters: {
    rise: { symbol: 'r', summary: 'half the rise', default: 12, min: 0, max: 100, open: 'min', slider: [1, 30], unit: 'nat' },
  },
  create: ({ rise }) => ({
    logSnr: (t) => rise * (t * t + t - 0.25),
    logSnrRate: (t) => rise * (2 * t + 1),
  }),
});
`,
    },
  },
  {
    what: 'modifier',
    id: 'octaves',
    kind: 'modifiers',
    document: { schedules: [{ id: 'cosine', modifiers: [{ id: 'octaves' }] }] },
    room: 'src/core/schedules/modifiers',
    list: 'modifiers',
    file: {
      name: 'octaves',
      source: `import { defineModifier, shifted } from './modifier';

export const octaves = defineModifier({
  id: 'octaves',
  title: 'Octaves',
  summary: 'Doubles the SNR as often as is asked for.',
  equation: String.raw\`\\gamma \\mapsto \\gamma + n \\log 2\`,
  source: 'a test',
  parameters: {
    octaves: { symbol: 'n', summary: 'doublings of the SNR', default: 1, min: -20, max: 20, slider: [-5, 5], unit: 'octaves' },
  },
  apply: (schedule, { octaves: n }) => shifted(schedule, n * Math.LN2),
});
`,
    },
  },
  {
    what: 'diagnostic',
    id: 'middle',
    kind: 'diagnostics',
    room: 'src/core/diagnostics',
    list: 'diagnostics',
    file: {
      name: 'middle',
      source: `import { formatNumber } from '../text/format';
import type { Diagnostic } from './diagnostic';

export const middle: Diagnostic = {
  id: 'middle',
  title: 'Middle',
  summary: 'The log-SNR at t = 1/2.',
  of({ schedule }) {
    const value = schedule.logSnr(0.5);
    const figures = [{ name: 'γ at t = 0.5', value, unit: 'nat' }];
    return { severity: 'info', sentence: \`At t = 0.5 the log-SNR is \${formatNumber(value)}.\`, figures };
  },
};
`,
    },
  },
  {
    what: 'preset',
    id: 'steep',
    kind: 'presets',
    room: 'src/core/schedules',
    index: 'presets.ts',
    list: 'presets',
    data: "{ id: 'steep', title: 'Steep', summary: 'A steep line.', source: 'a test', entry: newEntry('linear-gamma') }",
  },
];

import { defineModifier, shifted } from './modifier';

export const shift = defineModifier({
  id: 'shift',
  title: 'Shift',
  summary: 'Adds a constant to the log-SNR: the same curve, at more or less noise.',
  equation: String.raw`\gamma \mapsto \gamma + c`,
  source: 'Kingma and Gao, Understanding diffusion objectives, arXiv 2303.00848',
  parameters: {
    offset: {
      symbol: 'c',
      summary: 'added to the log-SNR',
      default: 0,
      min: -700,
      max: 700,
      slider: [-10, 10],
      unit: 'nat',
    },
  },
  apply: (schedule, { offset }) => shifted(schedule, offset),
});

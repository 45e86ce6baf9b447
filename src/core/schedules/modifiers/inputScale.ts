import { defineModifier, shifted } from './modifier';

export const inputScale = defineModifier({
  id: 'input-scale',
  title: 'Input scale',
  summary: 'What scaling the data by b before adding noise does to the SNR.',
  equation: String.raw`\gamma \mapsto \gamma + 2 \ln b`,
  source: 'Chen, On the importance of noise scheduling for diffusion models, arXiv 2301.10972',
  parameters: {
    scale: {
      symbol: 'b',
      summary: 'factor on the data',
      default: 1,
      min: 0,
      max: 1e6,
      open: 'min',
      slider: [0.1, 2],
      unit: '1',
    },
  },
  apply: (schedule, { scale }) => shifted(schedule, 2 * Math.log(scale)),
});

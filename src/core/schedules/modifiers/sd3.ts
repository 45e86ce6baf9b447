import { defineModifier, shifted } from './modifier';

export const sd3 = defineModifier({
  id: 'sd3',
  title: 'SD3 shift',
  summary: 'The timestep shift of rectified flow models: sigma/(1 - sigma) times m.',
  equation: String.raw`\gamma \mapsto \gamma - 2 \ln m`,
  source: 'Esser et al., Scaling rectified flow transformers, arXiv 2403.03206',
  parameters: {
    m: {
      symbol: 'm',
      summary: 'shift, sqrt of the ratio of pixel counts',
      default: 1,
      min: 0,
      max: 1e6,
      open: 'min',
      slider: [0.5, 8],
      unit: '1',
    },
  },
  apply: (schedule, { m }) => shifted(schedule, -2 * Math.log(m)),
});

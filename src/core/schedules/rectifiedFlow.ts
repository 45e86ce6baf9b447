import { defineSchedule } from './schedule';

export const rectifiedFlow = defineSchedule({
  id: 'rectified-flow',
  title: 'Rectified flow',
  summary: 'The SNR of the straight path t data + (1 - t) noise, with the shift of SD3 for large images.',
  equation: String.raw`\gamma = 2\ln\frac{t}{1 - t} - 2\ln m`,
  source: 'Esser et al., Scaling rectified flow transformers (SD3), arXiv 2403.03206',
  parameters: {
    shift: {
      symbol: 'm',
      summary: 'timestep shift: more than 1 is more noise at every time',
      default: 1,
      min: 0,
      max: 1000,
      open: 'min',
      slider: [0.1, 10],
      unit: '1',
    },
  },
  create({ shift }) {
    const offset = 2 * Math.log(shift);
    return {
      logSnr: (t) => 2 * Math.log(t / (1 - t)) - offset,
      logSnrRate: (t) => 2 / (t * (1 - t)),
      endRates: [0, 0],
    };
  },
});

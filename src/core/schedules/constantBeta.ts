import { logExpm1 } from '../math/stable';
import { defineSchedule } from './schedule';

export const constantBeta = defineSchedule({
  id: 'constant-beta',
  title: 'Constant beta',
  summary: 'Noise is added at one rate throughout: the Ornstein-Uhlenbeck process in its own time.',
  equation: String.raw`\Delta = \beta s`,
  source: 'Ho, Jain and Abbeel, DDPM, arXiv 2006.11239 (constant variances)',
  parameters: {
    beta: {
      symbol: 'β',
      summary: 'noise rate',
      default: 12,
      min: 0,
      max: 1000,
      open: 'min',
      slider: [0.5, 30],
      unit: 'per unit time',
    },
  },
  create: ({ beta }) => ({
    logSnr: (t) => -logExpm1(beta * (1 - t)),
    logSnrRate: (t) => (t === 1 ? Infinity : beta / -Math.expm1(-beta * (1 - t))),
    endRates: [beta * Math.exp(-beta), beta],
  }),
});

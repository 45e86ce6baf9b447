import type { Parameter } from '../registry/parameters';
import { defineSchedule } from './schedule';

/** The log-SNR half way. */
export const middle: Parameter = {
  symbol: 'μ',
  summary: 'log-SNR at t = 1/2',
  default: 0,
  min: -700,
  max: 700,
  slider: [-5, 5],
  unit: 'nat',
};

export const laplace = defineSchedule({
  id: 'laplace',
  title: 'Laplace',
  summary: 'The log-SNR has a Laplace density over time: most of it close to one noise level.',
  equation: String.raw`\gamma = \mu - b\,\operatorname{sgn}(t - \tfrac12)\ln(1 - 2\,|t - \tfrac12|)`,
  source: 'Hang et al., Improved noise schedule for diffusion training, arXiv 2407.03297',
  parameters: {
    mu: middle,
    b: {
      symbol: 'b',
      summary: 'width of the density of the log-SNR',
      default: 0.5,
      min: 0,
      max: 100,
      open: 'min',
      slider: [0.1, 4],
      unit: 'nat',
    },
  },
  create({ mu, b }) {
    const end = 2 * b * 0 ** (b - 1);
    return {
      logSnr: (t) => (t < 0.5 ? mu + b * Math.log(2 * t) : mu - b * Math.log(2 * (1 - t))),
      logSnrRate: (t) => b / Math.min(t, 1 - t),
      endRates: [end * Math.exp(mu), end * Math.exp(-mu)],
    };
  },
});

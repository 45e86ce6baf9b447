import { middle } from './laplace';
import { defineSchedule } from './schedule';

export const cauchy = defineSchedule({
  id: 'cauchy',
  title: 'Cauchy',
  summary: 'The log-SNR has a Cauchy density over time: heavy tails, so both ends are far beyond any window.',
  equation: String.raw`\gamma = \mu - \kappa\cot(\pi t)`,
  source: 'Hang et al., Improved noise schedule for diffusion training, arXiv 2407.03297',
  parameters: {
    mu: middle,
    kappa: {
      symbol: 'κ',
      summary: 'width of the density of the log-SNR',
      default: 1,
      min: 0,
      max: 100,
      open: 'min',
      slider: [0.1, 5],
      unit: 'nat',
    },
  },
  create({ mu, kappa }) {
    const offset = (t: number) => {
      if (t < 0.25) return -1 / Math.tan(Math.PI * t);
      return t > 0.75 ? 1 / Math.tan(Math.PI * (1 - t)) : Math.tan(Math.PI * (t - 0.5));
    };
    return {
      logSnr: (t) => mu + kappa * offset(t),
      logSnrRate: (t) => (Math.PI * kappa) / Math.sin(Math.PI * Math.min(t, 1 - t)) ** 2,
      endRates: [0, 0],
    };
  },
});

import { log1mExp, sigmoid } from '../stable';
import { defineSchedule } from './schedule';

export const subVp = defineSchedule({
  id: 'sub-vp',
  title: 'Sub-VP',
  summary: 'The sub-VP process: the signal of linear beta under less noise, the square of its variance.',
  equation: String.raw`\gamma = -D - 2\ln(1 - e^{-D}),\quad D = \beta_0 s + (\beta_1 - \beta_0)\,s^2/2`,
  source: 'Song et al., Score-based generative modeling through SDEs, arXiv 2011.13456',
  parameters: {
    betaMin: {
      symbol: 'β₀',
      summary: 'noise rate at t = 1, the data end',
      default: 0.1,
      min: 0,
      max: 1000,
      slider: [0, 5],
      unit: 'per unit time',
    },
    betaMax: {
      symbol: 'β₁',
      summary: 'noise rate at t = 0, the noise end',
      default: 20,
      min: 0,
      max: 1000,
      open: 'min',
      slider: [0.1, 50],
      unit: 'per unit time',
    },
  },
  create({ betaMin, betaMax }) {
    const noise = (s: number) => s * (betaMin + ((betaMax - betaMin) * s) / 2);
    const rate = (s: number) => betaMin + (betaMax - betaMin) * s;
    const logSnr = (t: number) => -noise(1 - t) - 2 * log1mExp(noise(1 - t));
    const logSnrRate = (t: number) => (t === 1 ? Infinity : rate(1 - t) / Math.tanh(noise(1 - t) / 2));
    return {
      logSnr,
      logSnrRate,
      endRates: [logSnrRate(0) * sigmoid(logSnr(0)) * sigmoid(-logSnr(0)), 0],
    };
  },
});

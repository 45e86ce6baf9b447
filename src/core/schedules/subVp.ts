import { log1mExp, sigmoid } from '../math/stable';
import { betaRamp, betaRange } from './linearBeta';
import { defineSchedule } from './schedule';

export const subVp = defineSchedule({
  id: 'sub-vp',
  title: 'Sub-VP',
  summary: 'The sub-VP process: the signal of linear beta under less noise, the square of its variance.',
  equation: String.raw`\gamma = -D - 2\ln(1 - e^{-D}),\quad D = \beta_0 s + (\beta_1 - \beta_0)\,s^2/2`,
  source: 'Song et al., Score-based generative modeling through SDEs, arXiv 2011.13456',
  parameters: betaRange,
  create({ betaMin, betaMax }) {
    const { noise, rate } = betaRamp(betaMin, betaMax);
    const logSnr = (t: number) => -noise(1 - t) - 2 * log1mExp(noise(1 - t));
    const logSnrRate = (t: number) => (t === 1 ? Infinity : rate(1 - t) / Math.tanh(noise(1 - t) / 2));
    return {
      logSnr,
      logSnrRate,
      endRates: [logSnrRate(0) * sigmoid(logSnr(0)) * sigmoid(-logSnr(0)), 0],
    };
  },
});

import type { Parameters } from '../registry/parameters';
import { logExpm1 } from '../math/stable';
import { defineSchedule } from './schedule';

/** Ends of a noise rate that falls linearly. */
export const betaRange = {
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
} as const satisfies Parameters;

/** That rate at s = 1 - t, and its integral from the data end. */
export const betaRamp = (betaMin: number, betaMax: number) => ({
  noise: (s: number) => s * (betaMin + ((betaMax - betaMin) * s) / 2),
  rate: (s: number) => betaMin + (betaMax - betaMin) * s,
});

export const linearBeta = defineSchedule({
  id: 'linear-beta',
  title: 'Linear beta',
  summary: 'The noise rate falls linearly from noise to data: the VP process in continuous time.',
  equation: String.raw`\Delta = \beta_0 s + (\beta_1 - \beta_0)\,s^2/2`,
  source: 'Song et al., Score-based generative modeling through SDEs, arXiv 2011.13456',
  parameters: betaRange,
  create({ betaMin, betaMax }) {
    const { noise, rate } = betaRamp(betaMin, betaMax);
    return {
      logSnr: (t) => -logExpm1(noise(1 - t)),
      logSnrRate: (t) => (t === 1 ? Infinity : rate(1 - t) / -Math.expm1(-noise(1 - t))),
      endRates: [rate(1) * Math.exp(-noise(1)), betaMin],
    };
  },
});

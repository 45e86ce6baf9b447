import { normalQuantile } from '../math/normal';
import { defineSchedule } from './schedule';

export const logNormal = defineSchedule({
  id: 'log-normal',
  title: 'Log-normal',
  summary: "The noise level's logarithm is normal over time: EDM's training density, as a schedule.",
  equation: String.raw`\gamma = -2\left(P_{\text{mean}} + P_{\text{std}}\,\Phi^{-1}(s)\right)`,
  source: 'Karras et al., Elucidating the design space of diffusion models, arXiv 2206.00364',
  parameters: {
    pMean: {
      symbol: 'Pₘ',
      summary: 'mean of log sigma',
      default: -1.2,
      min: -300,
      max: 300,
      slider: [-5, 5],
      unit: 'nat',
    },
    pStd: {
      symbol: 'Pₛ',
      summary: 'standard deviation of log sigma',
      default: 1.2,
      min: 0,
      max: 100,
      open: 'min',
      slider: [0.1, 4],
      unit: 'nat',
    },
  },
  create: ({ pMean, pStd }) => ({
    // The quantile of s is minus that of t, which keeps its digits at both ends.
    logSnr: (t) => 2 * (pStd * normalQuantile(t) - pMean),
    logSnrRate: (t) => 2 * pStd * Math.sqrt(2 * Math.PI) * Math.exp(normalQuantile(t) ** 2 / 2),
    endRates: [Infinity, Infinity],
  }),
});

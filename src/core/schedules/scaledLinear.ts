import { logExpm1 } from '../math/stable';
import { defineSchedule } from './schedule';

export const scaledLinear = defineSchedule({
  id: 'scaled-linear',
  title: 'Scaled linear',
  summary: 'The square root of beta falls linearly: the table of latent diffusion, in continuous time.',
  equation: String.raw`\Delta = N\,\frac{(r_0 + (r_1 - r_0)s)^3 - r_0^3}{3(r_1 - r_0)},\quad r_i = \sqrt{\beta_i}`,
  source: 'Rombach et al., Latent diffusion models, arXiv 2112.10752',
  parameters: {
    betaStart: {
      symbol: 'β₀',
      summary: 'noise added by the step at the data end',
      default: 0.00085,
      min: 0,
      max: 1,
      slider: [0, 0.01],
      unit: 'per step',
    },
    betaEnd: {
      symbol: 'β₁',
      summary: 'noise added by the step at the noise end',
      default: 0.012,
      min: 0,
      max: 1,
      open: 'min',
      slider: [0.001, 0.05],
      unit: 'per step',
    },
    steps: {
      symbol: 'N',
      summary: 'steps of the table it stands for',
      default: 1000,
      min: 1,
      max: 100000,
      integer: true,
      slider: [10, 2000],
      unit: 'steps',
    },
  },
  create({ betaStart, betaEnd, steps }) {
    const [first, last] = [Math.sqrt(betaStart), Math.sqrt(betaEnd)];
    const root = (s: number) => first * (1 - s) + last * s;
    // The difference of cubes divided out: no cancellation for small s or equal betas.
    const noise = (s: number) => (steps * s * (betaStart + first * root(s) + root(s) ** 2)) / 3;
    const rate = (s: number) => steps * root(s) ** 2;
    return {
      logSnr: (t) => -logExpm1(noise(1 - t)),
      logSnrRate: (t) => (t === 1 ? Infinity : rate(1 - t) / -Math.expm1(-noise(1 - t))),
      endRates: [rate(1) * Math.exp(-noise(1)), rate(0)],
    };
  },
});

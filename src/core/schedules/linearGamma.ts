import { defineSchedule, mustIncrease } from './schedule';

/** The log-SNR at both ends. */
export const logSnrEnds = {
  gammaMin: {
    symbol: 'γ₀',
    summary: 'log-SNR at t = 0, the noise end',
    default: -5,
    min: -700,
    max: 700,
    slider: [-20, 20],
    unit: 'nat',
  },
  gammaMax: {
    symbol: 'γ₁',
    summary: 'log-SNR at t = 1, the data end',
    default: 5,
    min: -700,
    max: 700,
    slider: [-20, 20],
    unit: 'nat',
  },
} as const;

export const linearGamma = defineSchedule({
  id: 'linear-gamma',
  title: 'Linear log-SNR',
  summary: 'The log-SNR rises at a constant rate, so the prefactor of eq. 27 is constant.',
  equation: String.raw`\gamma = \gamma_0 + (\gamma_1 - \gamma_0)\,t`,
  source: 'Kingma et al., Variational Diffusion Models, arXiv 2107.00630',
  parameters: logSnrEnds,
  check: (values) => mustIncrease('gammaMin', 'gammaMax', values),
  create: ({ gammaMin, gammaMax }) => ({
    logSnr: (t) => gammaMin * (1 - t) + gammaMax * t,
    logSnrRate: () => gammaMax - gammaMin,
  }),
});

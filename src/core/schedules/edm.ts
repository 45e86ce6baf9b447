import { defineSchedule, mustIncrease } from './schedule';

export const edm = defineSchedule({
  id: 'edm',
  title: 'EDM (Karras)',
  summary: 'The noise level sigma to the power 1/rho falls linearly: most of the time goes to little noise.',
  equation: String.raw`\gamma = -2\ln\left[\sigma_{\max}^{1/\rho} + t\,(\sigma_{\min}^{1/\rho} - \sigma_{\max}^{1/\rho})\right]^{\rho}`,
  source: 'Karras et al., Elucidating the design space of diffusion models, arXiv 2206.00364',
  parameters: {
    sigmaMin: {
      symbol: 'σ₁',
      summary: 'noise over signal at t = 1, the data end',
      default: 0.002,
      min: 0,
      max: 1e6,
      open: 'min',
      slider: [0.001, 0.5],
      unit: '1',
    },
    sigmaMax: {
      symbol: 'σ₀',
      summary: 'noise over signal at t = 0, the noise end',
      default: 80,
      min: 0,
      max: 1e6,
      open: 'min',
      slider: [1, 200],
      unit: '1',
    },
    rho: {
      symbol: 'ρ',
      summary: 'how far the little noise is favoured: 1 is linear in sigma, large is linear in log-SNR',
      default: 7,
      min: 0.1,
      max: 1000,
      slider: [1, 20],
      unit: '1',
    },
  },
  check: (values) => mustIncrease('sigmaMin', 'sigmaMax', values),
  create({ sigmaMin, sigmaMax, rho }) {
    const last = -2 * Math.log(sigmaMin);
    // (sigmaMax/sigmaMin)^(1/rho) - 1 keeps its digits however large rho is.
    const reach = Math.expm1(Math.log(sigmaMax / sigmaMin) / rho);
    return {
      logSnr: (t) => last - 2 * rho * Math.log1p(reach * (1 - t)),
      logSnrRate: (t) => (2 * rho * reach) / (1 + reach * (1 - t)),
    };
  },
});

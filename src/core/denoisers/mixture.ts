import { sigmoid } from '../math/stable';
import { defineDenoiser, type Denoiser } from './denoiser';

/**
 * The posterior mean of a mixture of two Gaussians of one sd, in each coordinate: the components' posterior
 * means, weighed by the softmax of their log-likelihoods (two terms: one logistic, which neither over- nor underflows).
 */
export const mixtureU = (mean1: number, mean2: number, weight: number, sd: number): Denoiser => ({
  times: 'all',
  denoise(z, n, d, _t, logSnr, out) {
    const signal = sigmoid(logSnr);
    const root = Math.sqrt(signal);
    const variance = signal * sd * sd + sigmoid(-logSnr);
    const slope = (root * sd * sd) / variance;
    const prior = Math.log(weight) - Math.log1p(-weight);
    const tilt = (root * (mean1 - mean2)) / variance;
    const middle = (root * (mean1 + mean2)) / 2;
    for (let i = 0; i < n * d; i++) {
      const first = sigmoid(prior + tilt * (z[i]! - middle));
      const mean = mean2 + first * (mean1 - mean2);
      out[i] = mean + slope * (z[i]! - root * mean);
    }
  },
});

export const mixture = defineDenoiser({
  id: 'mixture',
  title: 'Mixture of two Gaussians',
  summary: 'The exact posterior mean of two-humped data: integrators can be studied without training.',
  equation: String.raw`u = \sum_k p(k \mid z)\left(m_k + \frac{\sqrt{\bar\alpha}\,q^2\,(z - \sqrt{\bar\alpha}\,m_k)}{\bar\alpha q^2 + 1 - \bar\alpha}\right)`,
  source: 'Posterior of a Gaussian mixture, by Bayes',
  parameters: {
    mean1: {
      symbol: 'm₁',
      summary: 'mean of the first component',
      default: -1,
      min: -1000,
      max: 1000,
      slider: [-3, 3],
      unit: '1',
    },
    mean2: {
      symbol: 'm₂',
      summary: 'mean of the second component',
      default: 1,
      min: -1000,
      max: 1000,
      slider: [-3, 3],
      unit: '1',
    },
    weight: {
      symbol: 'w₁',
      summary: 'share of the first component',
      default: 0.4,
      min: 0,
      max: 1,
      open: 'both',
      slider: [0.05, 0.95],
      unit: '1',
    },
    sd: {
      symbol: 'q',
      summary: 'standard deviation of each component',
      default: 0.3,
      min: 0,
      max: 1000,
      open: 'min',
      slider: [0.05, 2],
      unit: '1',
    },
  },
  create: ({ mean1, mean2, weight, sd }) => mixtureU(mean1, mean2, weight, sd),
  law: ({ mean1, mean2, weight, sd }) => ({ weights: [weight, 1 - weight], means: [mean1, mean2], sds: [sd, sd] }),
});

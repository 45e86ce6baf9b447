import { sigmoid } from '../math/stable';
import { defineDenoiser, type Denoiser } from './denoiser';

/** The posterior mean of data N(m, q^2): m + sqrt(a) q^2 (z - sqrt(a) m)/v with v = a q^2 + 1 - a. */
export const gaussianU = (mean: number, sd: number): Denoiser => ({
  times: 'all',
  gaussian: { mean, sd },
  denoise(z, n, d, _t, logSnr, out) {
    const signal = sigmoid(logSnr);
    const root = Math.sqrt(signal);
    const variance = signal * sd * sd + sigmoid(-logSnr);
    // Only a point target at gamma = Infinity has variance 0: there z is the target.
    const slope = variance ? (root * sd * sd) / variance : 0;
    for (let i = 0; i < n * d; i++) out[i] = mean + slope * (z[i]! - root * mean);
  },
});

export const gaussian = defineDenoiser({
  id: 'gaussian',
  title: 'Gaussian data',
  summary: 'The exact posterior mean where the data are one Gaussian: every path has a closed form.',
  equation: String.raw`u = m + \frac{\sqrt{\bar\alpha}\,q^2\,(z - \sqrt{\bar\alpha}\,m)}{\bar\alpha q^2 + 1 - \bar\alpha}`,
  source: 'Conjugate Gaussian posterior',
  parameters: {
    mean: {
      symbol: 'm',
      summary: 'mean of the data, in every coordinate',
      default: 0,
      min: -1000,
      max: 1000,
      slider: [-3, 3],
      unit: '1',
    },
    sd: {
      symbol: 'q',
      summary: 'standard deviation of the data',
      default: 0.5,
      min: 0,
      max: 1000,
      slider: [0, 3],
      unit: '1',
    },
  },
  create: ({ mean, sd }) => gaussianU(mean, sd),
  law: ({ mean, sd }) => ({ weights: [1], means: [mean], sds: [sd] }),
});

import { sigmoid, softplus } from '../../math/stable';
import type { Equation } from '../derivation';
import { momentsAt } from '../moments';
import { slope } from '../numericMethods';
import type { Step } from '../step';

const tex = String.raw;

/** d(sigma^2)/dgamma by differences, of alphaBar where that is the smaller of the two. */
const varianceSlope = (logSnr: number) => (logSnr < 0 ? -slope(sigmoid, logSnr) : slope((g) => sigmoid(-g), logSnr));

/** Eqs. 1 to 3: the backward process and its law. */
export const process: readonly Equation[] = [
  {
    eq: '1',
    printed: tex`dz = \frac{1}{2}\delta(t)z + \sqrt{\delta(t)}dW_{\differ{t}}`,
    corrected: tex`dz = \differ{-}\frac{1}{2}\delta(t)z\,\differ{ds} + \sqrt{\delta(t)}dW_{\differ{s}}, \quad \differ{s = 1 - t}`,
    says: 'The backward process shrinks the target and adds noise, until only a unit Gaussian is left.',
    check: {
      scope: 'points',
      parts: ['rate of the mean, relative to the mean', 'rate of the variance'],
      against: 'the slopes in t of the mean and the variance of eqs. 2 and 3, by extrapolated differences',
      reading: 'time runs forward, with the dt of the drift supplied: the variance then grows towards the data',
      printed: ({ noiseRate, sigma2 }) => [noiseRate / 2, noiseRate * sigma2 + noiseRate],
      corrected: ({ noiseRate, alphaBar }) => [noiseRate / 2, -noiseRate * alphaBar],
      truth: ({ rate, to }) => [(-rate * slope((g) => softplus(-g), to)) / 2, rate * varianceSlope(to)],
    },
  },
  {
    eq: '2',
    printed: tex`\mu(t) = z_T \exp(-\tfrac{1}{2}\Delta(t))`,
    says: 'The mean of z at time t is the target, faded by half the noise added since.',
    check: {
      scope: 'points',
      parts: ['factor on the target'],
      against: 'the drift of eq. 1 integrated by quadrature',
      printed: ({ noise }) => [Math.exp(-noise / 2)],
      truth: ({ to }) => [momentsAt(to).mean],
    },
  },
  {
    eq: '3',
    printed: tex`\sigma^2(t) = 1 - \exp(-\Delta(t))`,
    says: 'The variance of z at time t grows from 0 at the target to 1.',
    check: {
      scope: 'points',
      parts: ['variance'],
      against: 'the noise of eq. 1 summed by Itô’s isometry, by quadrature',
      printed: ({ noise }) => [-Math.expm1(-noise)],
      truth: ({ to }) => [momentsAt(to).variance],
    },
  },
];

/** The law of z at t = 0. */
export const prior: Equation = {
  eq: 'prior',
  printed: tex`z_0 \sim \mathcal{N}(\differ{0}{,}\; \differ{1})`,
  corrected: tex`z_0 \sim \mathcal{N}(\differ{\sqrt{\bar{\alpha}(0)}\,z_T}{,}\; \differ{1-\bar{\alpha}(0)})`,
  says: 'In words: at t = 0 the state cannot be told from a unit Gaussian, which is where the forward process starts.',
  check: {
    scope: 'start',
    parts: ['mean for a target of 1, in standard deviations', 'variance'],
    against: 'the law of eq. 1 at the start of the window, by quadrature',
    printed: () => [0, 1],
    corrected: ({ alphaBar, sigma2 }) => [Math.sqrt(alphaBar), sigma2],
    truth: ({ to }) => [momentsAt(to).mean, momentsAt(to).variance],
    scale: ({ sigma2 }: Step) => [Math.sqrt(sigma2), sigma2],
    limit: {
      alphaBar: 0,
      asymptotes: [
        { latex: tex`\sqrt{\bar{\alpha}}`, of: ({ alphaBar }) => Math.sqrt(alphaBar) },
        { latex: tex`\bar{\alpha}`, of: ({ alphaBar }) => alphaBar },
      ],
    },
  },
};

import { conditioned, integrated } from '../bayes';
import type { Equation } from '../derivation';
import type { Step } from '../step';

const tex = String.raw;

const MEAN = ['factor on the earlier state', 'factor on the target'];
const VARIANCE = ['variance'];
const SCHUR = 'the joint Gaussian of both states, conditioned on the earlier one';
const BAYES = 'Bayes’s rule in numbers: the product of the densities of lines 5 and 6, integrated by quadrature';

/** e^-dDelta (1 - e^-Delta) + last: the denominator of eqs. 10 and 11. */
const denominator = ({ added, noise }: Step, last: number) => Math.exp(-added) * -Math.expm1(-noise) + last;

const mean10 = (at: Step, last: number) => {
  const { added, noise } = at;
  const below = denominator(at, last);
  return [(Math.exp(-added / 2) * -Math.expm1(-noise)) / below, (Math.exp(-noise / 2) * -Math.expm1(-added)) / below];
};

const latex10 = (last: string) =>
  tex`\mu_t = \frac{z_{t-dt}e^{-d\Delta(t)/2}(1 - e^{-\Delta(t)}) + z_T e^{-\Delta(t)/2}(1 - e^{-d\Delta(t)})}{e^{-d\Delta(t)}(1 - e^{-\Delta(t)}) + (1 - e^{${last}})}`;

/** 1 + (e^dDelta - 1)/(1 - e^-Delta): the denominator of eqs. 12 and 13. */
const rearranged = ({ added, noise }: Step) => 1 + Math.expm1(added) / -Math.expm1(-noise);

/** Eqs. 8 to 13: the exact step, in three forms. */
export const exactStep: readonly Equation[] = [
  {
    eq: '8',
    printed: tex`\frac{\mu_t}{\sigma_t^2} = z_{t-dt} \frac{\exp(-\tfrac{1}{2}d\Delta(t))}{1 - \exp(-d\Delta(t))} + z_T \frac{\exp(-\tfrac{1}{2}\Delta(t))}{1 - \exp(-\Delta(t))}`,
    says: 'The mean of the exact step over its variance: the linear terms in the later state.',
    check: {
      scope: 'steps',
      parts: MEAN,
      against: SCHUR,
      printed: ({ added, noise }) => [
        Math.exp(-added / 2) / -Math.expm1(-added),
        Math.exp(-noise / 2) / -Math.expm1(-noise),
      ],
      truth({ from, to }) {
        const { state, target, variance } = conditioned(from, to);
        return [state / variance, target / variance];
      },
    },
  },
  {
    eq: '9',
    printed: tex`\frac{1}{\sigma_t^2} = \frac{\exp(-d\Delta(t))}{1 - \exp(-d\Delta(t))} + \frac{1}{1 - \exp(-\Delta(t))}`,
    says: 'The precision of the exact step: the quadratic terms in the later state.',
    check: {
      scope: 'steps',
      parts: ['precision'],
      against: SCHUR,
      printed: ({ added, noise }) => [Math.exp(-added) / -Math.expm1(-added) + 1 / -Math.expm1(-noise)],
      truth: ({ from, to }) => [1 / conditioned(from, to).variance],
    },
  },
  {
    eq: '10',
    printed: latex10(tex`\differ{d\Delta(t)}`),
    corrected: latex10(tex`\differ{-d\Delta(t)}`),
    says: 'The mean of the exact step; the denominator is the variance of the earlier state, 1 − ᾱ(t−dt).',
    check: {
      scope: 'steps',
      parts: MEAN,
      against: BAYES,
      printed: (at) => mean10(at, -Math.expm1(at.added)),
      corrected: (at) => mean10(at, -Math.expm1(-at.added)),
      truth({ from, to }) {
        const { state, target } = integrated(from, to);
        return [state, target];
      },
    },
  },
  {
    eq: '11',
    printed: tex`\sigma_t^2 = \frac{(1 - e^{-d\Delta(t)})(1 - e^{-\Delta(t)})}{e^{-d\Delta(t)}(1 - e^{-\Delta(t)}) + (1 - e^{-d\Delta(t)})}`,
    says: 'The variance of the exact step.',
    check: {
      scope: 'steps',
      parts: VARIANCE,
      against: BAYES,
      printed: (at) => [(Math.expm1(-at.added) * Math.expm1(-at.noise)) / denominator(at, -Math.expm1(-at.added))],
      truth: ({ from, to }) => [integrated(from, to).variance],
    },
  },
  {
    eq: '12',
    printed: tex`\mu_t = \frac{z_{t-dt} + z_{t-dt} (e^{d\Delta(t)/2} - 1) + z_T \frac{e^{-\Delta(t)/2}}{1 - e^{-\Delta(t)}} (e^{d\Delta(t)} - 1)}{1 + (e^{d\Delta(t)} - 1)/(1 - e^{-\Delta(t)})}`,
    says: 'The same mean, arranged so that what is small in dt stands apart; it is still exact.',
    check: {
      scope: 'steps',
      parts: MEAN,
      against: SCHUR,
      printed: (at) => [
        (1 + Math.expm1(at.added / 2)) / rearranged(at),
        ((Math.exp(-at.noise / 2) / -Math.expm1(-at.noise)) * Math.expm1(at.added)) / rearranged(at),
      ],
      truth({ from, to }) {
        const { state, target } = conditioned(from, to);
        return [state, target];
      },
    },
  },
  {
    eq: '13',
    printed: tex`\sigma_t^2 = \frac{(e^{d\Delta(t)} - 1)}{1 + (e^{d\Delta(t)} - 1)/(1 - e^{-\Delta(t)})}`,
    says: 'The same variance, arranged likewise; it is still exact.',
    check: {
      scope: 'steps',
      parts: VARIANCE,
      against: SCHUR,
      printed: (at) => [Math.expm1(at.added) / rearranged(at)],
      truth: ({ from, to }) => [conditioned(from, to).variance],
    },
  },
];

import { sigmoid, softplus } from '../../math/stable';
import { conditioned } from '../bayes';
import type { Equation } from '../derivation';
import { momentsAt } from '../moments';
import { slope } from '../numericMethods';
import type { Step } from '../step';

const tex = String.raw;

const LEFT = tex`\mathrm{KL}(q(z_t|z_{t-dt},z_T),p(z_t|z_{t-dt},x))`;
const ERROR = tex`|u_t(z_{t-dt},x)-z_T|^2`;

/** The divergence of the exact step with u in the target's place from that with the target, for |u - z_T| = 1. */
const DIVERGENCE = {
  scope: 'increments',
  parts: ['divergence'],
  against: 'the divergence of the two Gaussians of a whole step, by conditioning the joint Gaussian of both states',
  truth({ from, to }: Step) {
    const { target, variance } = conditioned(from, to);
    return [(target * target) / variance / 2];
  },
} as const;

/** dDelta e^-Delta / (1 - e^-Delta)^2 / 2. */
const weight = ({ added, noise }: Step) => (added * Math.exp(-noise)) / Math.expm1(-noise) ** 2 / 2;

/** SNR'(t) = gamma' e^gamma. */
const snrRate = ({ rate, to }: Step) => rate * Math.exp(to);

const latex16 = (stray: string) =>
  tex`${LEFT} = \frac{1}{2}d\Delta(t)\frac{e^{-\Delta(t)}${stray}}{(1-e^{-\Delta(t)})^2} ${ERROR}`;
const latex20 = (dt: string) => tex`${LEFT} = \frac{1}{2} \frac{\bar{\alpha}'(t)}{(1-\bar{\alpha}(t))^2} ${ERROR}${dt}`;
const latex21 = (dt: string) => tex`= \frac{1}{2}\mathrm{SNR}'(t)\, ${ERROR}${dt}`;
const latex23 = (signal: string) => tex`\mathrm{SNR}'(t) = \frac{\differ{${signal}'(t)}}{(1 - \bar{\alpha}(t))^2}`;

const UNIT_TIME = 'no dt stands beside the rate, so it is that of a whole unit of time';

/** Eqs. 16 to 21: the loss of a step. */
export const loss: readonly Equation[] = [
  {
    eq: '16',
    printed: latex16(tex`\differ{(t)}`),
    corrected: latex16(''),
    says: 'The divergence of one forward step from the exact one: the squared error of u, weighted by the schedule.',
    check: {
      ...DIVERGENCE,
      reading: 'the exponential is multiplied by t',
      printed: (at) => [weight(at) * at.t],
      corrected: (at) => [weight(at)],
    },
  },
  {
    eq: '17',
    printed: tex`= \frac{1}{2} d\Delta(t) \frac{\bar{\alpha}(t)}{(1 - \bar{\alpha}(t))^2} |u_t(z_{t-dt}, x) - z_T|^2`,
    says: 'The same in terms of ᾱ.',
    check: { ...DIVERGENCE, printed: ({ added, alphaBar, sigma2 }) => [(added * alphaBar) / sigma2 ** 2 / 2] },
  },
  {
    eq: '18',
    printed: tex`d\Delta(t) = -\Delta'(t)dt`,
    says: 'The noise that one step adds is its rate times dt.',
    check: {
      scope: 'increments',
      parts: ['noise of one step'],
      against: 'the difference of Δ at the two times',
      printed: ({ noiseRate, dt }) => [noiseRate * dt],
      truth: ({ from, to }) => [softplus(-from) - softplus(-to)],
    },
  },
  {
    eq: '19',
    printed: tex`= \frac{\bar{\alpha}'(t)}{\bar{\alpha}(t)}dt`,
    says: 'That rate is the relative rate of ᾱ.',
    check: {
      scope: 'points',
      parts: ['rate of noise'],
      against: 'the slope of Δ, by extrapolated differences',
      printed: ({ alphaBarRate, alphaBar }) => [alphaBarRate / alphaBar],
      truth: ({ rate, to }) => [-rate * slope((g) => softplus(-g), to)],
    },
  },
  {
    eq: '20',
    printed: latex20(''),
    corrected: latex20(tex`\, \differ{dt}`),
    says: 'The NoProp loss: the divergence in terms of ᾱ and its rate.',
    check: {
      ...DIVERGENCE,
      reading: UNIT_TIME,
      printed: ({ alphaBarRate, sigma2 }) => [alphaBarRate / sigma2 ** 2 / 2],
      corrected: ({ alphaBarRate, sigma2, dt }) => [(alphaBarRate / sigma2 ** 2 / 2) * dt],
    },
  },
  {
    eq: '21',
    printed: latex21(''),
    corrected: latex21(tex`\, \differ{dt}`),
    says: 'The same: the squared error of u, weighted by the rate of the signal-to-noise ratio.',
    check: {
      ...DIVERGENCE,
      reading: UNIT_TIME,
      printed: (at) => [snrRate(at) / 2],
      corrected: (at) => [(snrRate(at) / 2) * at.dt],
    },
  },
  {
    eq: '22',
    printed: tex`\mathrm{SNR}(t) = \frac{\bar{\alpha}(t)}{1 - \bar{\alpha}(t)}`,
    says: 'The signal-to-noise ratio: the squared mean of z for a unit target over its variance.',
    check: {
      scope: 'points',
      parts: ['ratio'],
      against: 'the squared mean over the variance of eq. 1, both by quadrature',
      printed: ({ alphaBar, sigma2 }) => [alphaBar / sigma2],
      truth({ to }) {
        const { mean, variance } = momentsAt(to);
        return [(mean * mean) / variance];
      },
    },
  },
  {
    eq: '23',
    printed: latex23(tex`\alpha`),
    corrected: latex23(tex`\bar{\alpha}`),
    says: 'The rate of the signal-to-noise ratio: the weight of the loss.',
    check: {
      scope: 'points',
      parts: ['rate of the ratio'],
      against: 'the slope of eq. 22, by extrapolated differences',
      reading: 'α(t) is the ratio ᾱ(t−dt)/ᾱ(t) of one step, as in the NoProp paper',
      printed: ({ alphaRate, sigma2 }) => [alphaRate / sigma2 ** 2],
      corrected: ({ alphaBarRate, sigma2 }) => [alphaBarRate / sigma2 ** 2],
      truth: ({ rate, to }) => [rate * slope((g) => sigmoid(g) / sigmoid(-g), to)],
    },
  },
];

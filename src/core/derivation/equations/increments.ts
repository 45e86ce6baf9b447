import { conditioned } from '../bayes';
import type { Claim, Equation } from '../derivation';
import type { Step } from '../step';

const tex = String.raw;

/** What is added to the mean: factors on the earlier state and on the target (or on u, in its place). */
const CHECK = {
  scope: 'increments',
  parts: ['factor on the earlier state, less 1', 'factor on the target'],
  against: 'the exact step, by conditioning the joint Gaussian of both states',
  truth({ from, to }: Step) {
    const { state, target } = conditioned(from, to);
    return [state - 1, target];
  },
} as const;

/** e^(-Delta/2)/(1 - e^-Delta). */
const pull = ({ noise }: Step) => Math.exp(-noise / 2) / -Math.expm1(-noise);

const mean14 =
  (share: number): Claim =>
  (at) => [share * at.added - at.added / -Math.expm1(-at.noise), at.added * pull(at)];

const latex14 = (term: string) =>
  tex`\mu_t = z_{t-dt} + d\Delta(t) \frac{e^{-\Delta(t)/2}}{1 - e^{-\Delta(t)}} z_T + \differ{${term}} z_{t-dt} - \frac{d\Delta(t)}{1 - e^{-\Delta(t)}} z_{t-dt}`;

const mean25 =
  (dt: (at: Step) => number, signal: (at: Step) => number): Claim =>
  (at) => {
    const scale = (at.alphaBarRate / (at.alphaBar * at.sigma2)) * dt(at);
    return [(-scale * (1 + at.alphaBar)) / 2, scale * Math.sqrt(signal(at))];
  };

const latex25 = (signal: string, dt: string) =>
  tex`= z_{t-dt} + \frac{\bar{\alpha}'(t)}{\bar{\alpha}(t)(1-\bar{\alpha}(t))} \left(\sqrt{\differ{${signal}(t)}} u_t(z_{t-dt}, x) - \frac{1+\bar{\alpha}(t)}{2} z_{t-dt} \right)${dt}`;

/** Eqs. 14 and 15: the mean of the step to first order. */
export const increments: readonly Equation[] = [
  {
    eq: '14',
    printed: latex14(tex`d\Delta(t)`),
    corrected: latex14(tex`\tfrac{1}{2}d\Delta(t)`),
    says: 'The mean of the step to first order: what the earlier state and the target add.',
    check: { ...CHECK, printed: mean14(1), corrected: mean14(1 / 2) },
  },
  {
    eq: '15',
    printed: tex`= z_{t-dt} + d\Delta(t) \frac{e^{-\Delta(t)/2}}{1 - e^{-\Delta(t)}} (z_T - z_{t-dt} \cosh(\Delta/2))`,
    says: 'The same, as a pull towards the target: what eq. 14 becomes once it is corrected.',
    check: {
      ...CHECK,
      printed: (at) => [-at.added * pull(at) * Math.cosh(at.noise / 2), at.added * pull(at)],
    },
  },
];

/** Eqs. 24 and 25: the mean of the forward process, with u in the target's place. */
export const forwardMean: readonly Equation[] = [
  {
    eq: '24',
    printed: tex`\mu_t = z_{t-dt} - \Delta'(t) \frac{e^{-\Delta(t)/2}}{1 - e^{-\Delta(t)}} \left(u_t(z_{t-dt}, x) - z_{t-dt} \cosh(\Delta/2) \right) dt`,
    says: 'The mean of the forward process: eq. 15 with the network’s u for the target, and the rate of noise for its amount.',
    check: {
      ...CHECK,
      printed: (at) => [-at.noiseRate * pull(at) * Math.cosh(at.noise / 2) * at.dt, at.noiseRate * pull(at) * at.dt],
    },
  },
  {
    eq: '25',
    printed: latex25(tex`\alpha`, ''),
    corrected: latex25(tex`\bar{\alpha}`, tex` \differ{dt}`),
    says: 'The same in terms of ᾱ, with the factor (1+ᾱ)/2 on the state.',
    check: {
      ...CHECK,
      reading: 'α(t) is the ratio ᾱ(t−dt)/ᾱ(t) of one step, as in the NoProp paper, and no dt stands beside the rate',
      printed: mean25(
        () => 1,
        ({ alpha }) => alpha,
      ),
      corrected: mean25(
        ({ dt }) => dt,
        ({ alphaBar }) => alphaBar,
      ),
    },
  },
];

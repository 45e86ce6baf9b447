import { sigmoid } from '../../math/stable';
import { covariance } from '../bayes';
import type { Equation } from '../derivation';
import { momentsAt } from '../moments';
import type { Step } from '../step';

const tex = String.raw;

/** States of z_t and z_(t-dt), and a target of the size of the noise, in which nothing cancels. */
interface States {
  readonly target: number;
  readonly end: number;
  readonly start: number;
}

/** Offsets of z_t from its mean and of z_(t-dt) from its own given z_t, in standard deviations: the first is the reference. */
const OFFSETS = [
  [0.4, -0.7],
  [1.3, 0.6],
  [-0.9, 1.6],
] as const;

/** The same earlier states about one later state. */
const sameEnd = OFFSETS.map(([, start]) => [OFFSETS[0][0], start] as const);

/** The states at a step with these offsets. */
function statesAt({ sigma2, noise, added }: Step, [end, start]: readonly [number, number]): States {
  const sd = Math.sqrt(sigma2);
  const target = 0.7 * sd;
  const z = target * Math.exp(-noise / 2) + sd * end;
  return { target, end: z, start: z * Math.exp(-added / 2) + Math.sqrt(-Math.expm1(-added)) * start };
}

/** Line 5: the exponent of q(z_(t-dt) | z_t). */
const line5 = ({ added }: Step, { start, end }: States) =>
  -((start - end * Math.exp(-added / 2)) ** 2) / -Math.expm1(-added) / 2;

/** Line 6: the exponent of q(z_t | z_T). */
const line6 = ({ noise }: Step, { end, target }: States) =>
  -((end - target * Math.exp(-noise / 2)) ** 2) / -Math.expm1(-noise) / 2;

const lines = (at: Step, states: States) => line5(at, states) + line6(at, states);

/** log q(z_t, z_(t-dt) | z_T) by the inverse of the covariance of the two. */
function joint({ from, to }: Step, { end, start, target }: States): number {
  const { root, later, earlier, cross } = covariance(from, to);
  const mean = Math.sqrt(sigmoid(to)) * target;
  const [x, y] = [end - mean, start - root * mean];
  const determinant = later * (earlier - root * cross);
  const square = (earlier * x * x - 2 * cross * x * y + later * y * y) / determinant;
  return -square / 2 - Math.log(determinant) / 2 - Math.log(2 * Math.PI);
}

/** log q(z_t | z_T) up to its constant, with the moments of eq. 1. */
function marginal({ to }: Step, { end, target }: States): number {
  const { mean, variance } = momentsAt(to);
  return -((end - mean * target) ** 2) / variance / 2;
}

/** A function of the states at each offset but the first, less its value there. */
const gains = (at: Step, of: (at: Step, states: States) => number, pairs: readonly (readonly [number, number])[]) =>
  pairs.slice(1).map((pair) => of(at, statesAt(at, pair)) - of(at, statesAt(at, pairs[0]!)));

const PARTS = ['log density of a second state', 'of a third'];

/** Eqs. 4 to 7: Bayes's rule. */
export const densities: readonly Equation[] = [
  {
    eq: '4',
    printed: tex`\log q(z_t, z_{t-dt}|z_T) \mathrel{\differ{\propto}} \log q(z_{t-dt}|z_t) + \log q(z_t|z_T)`,
    corrected: tex`\log q(z_t, z_{t-dt}|z_T) \mathrel{\differ{=}} \log q(z_{t-dt}|z_t) + \log q(z_t|z_T) \mathbin{\differ{+}} \differ{\text{const}}`,
    says: 'The log density of two neighbouring states is that of the later one plus that of the earlier one given it.',
    check: {
      scope: 'steps',
      parts: PARTS,
      against: 'the log density of the joint Gaussian, by the inverse of its covariance',
      reading: 'the left side is a multiple of lines 5 and 6; they leave out a constant term, not a factor',
      printed(at) {
        const [first, ...rest] = OFFSETS.map((pair) => statesAt(at, pair));
        return rest.map((states) => (joint(at, first!) * lines(at, states)) / lines(at, first!));
      },
      corrected(at) {
        const first = joint(at, statesAt(at, OFFSETS[0]));
        return gains(at, lines, OFFSETS).map((gain) => first + gain);
      },
      truth: (at) => OFFSETS.slice(1).map((pair) => joint(at, statesAt(at, pair))),
      // A log density may be 0, which nothing is relative to.
      scale: (at) => OFFSETS.slice(1).map((pair) => Math.max(1, Math.abs(joint(at, statesAt(at, pair))))),
    },
  },
  {
    eq: '5',
    printed: tex`= -\frac{1}{2} \frac{(z_{t-dt} - z_t \exp(-\tfrac{1}{2}d\Delta(t)))^2}{1 - \exp(-d\Delta(t))}`,
    says: 'Given the later state, the earlier one is Gaussian: faded by the noise of one step, with its variance.',
    check: {
      scope: 'steps',
      parts: PARTS,
      against: 'the log density of the joint Gaussian, less that of the later state',
      printed: (at) => gains(at, line5, sameEnd),
      truth: (at) => gains(at, joint, sameEnd),
    },
  },
  {
    eq: '6',
    printed: tex`\quad -\frac{1}{2}\frac{(z_t - z_T \exp(-\tfrac{1}{2}\Delta(t)))^2}{1 - \exp(-\Delta(t))}`,
    says: 'Given the target, the later state is Gaussian with the mean and variance of eqs. 2 and 3.',
    check: {
      scope: 'points',
      parts: PARTS,
      against: 'the log density of a Gaussian with the moments of eq. 1, by quadrature',
      printed: (at) => gains(at, line6, OFFSETS),
      truth: (at) => gains(at, marginal, OFFSETS),
    },
  },
  { eq: '7', printed: '', says: 'The note numbers a line that is empty.' },
];

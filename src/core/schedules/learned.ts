import type { NumbersInput } from './inputs';
import { logSnrEnds } from './linearGamma';
import { Monotone } from './monotone';
import { defineSchedule, mustIncrease, type EntryProblem, type Schedule } from './schedule';

/** How far a raw parameter of the network may be from 0. */
export const RAW_LIMIT = 100;

/** Units of the network that a new entry has. */
const UNITS = 12;

/** Raw parameters close to a straight line: steps spread over [0, 1] that share a fifth of the rise. */
const straight = (): number[] => {
  const steps = Array.from({ length: UNITS }, (_, k) => -20 * Number(((k + 0.5) / UNITS).toFixed(4)));
  return [0, ...steps.map(() => -4), ...steps.map(() => 20), ...steps.map((c) => Number(c.toFixed(3)))];
};

const weights: NumbersInput = {
  kind: 'numbers',
  title: 'Weights',
  summary: 'the network’s raw parameters: K + 1 logits of the shares, K steepnesses, K shifts',
  noun: 'numbers',
  opaque: true,
  min: -RAW_LIMIT,
  max: RAW_LIMIT,
  minLength: 4,
  maxLength: 193,
  default: straight(),
};

/** The schedule of a network between two ends, which are exact. */
export const learnedCurve = (network: Pick<Monotone, 'value' | 'rate'>, from: number, to: number): Schedule => ({
  logSnr: (t) => {
    const share = network.value(t);
    return from * (1 - share) + to * share;
  },
  logSnrRate: (t) => (to - from) * network.rate(t),
});

export const learned = defineSchedule({
  id: 'learned',
  title: 'Learned',
  summary:
    'The log-SNR rises between fixed ends as a network of positive weights says, which is trained with the model.',
  equation: String.raw`\gamma = \gamma_0 + (\gamma_1 - \gamma_0)\,n(t), \quad n(t) = p_0 t + \sum_k p_k h_k(t), \quad h_k(t) = \frac{\sigma(b_k t + c_k) - \sigma(c_k)}{\sigma(b_k + c_k) - \sigma(c_k)}`,
  source: 'Kingma et al., Variational Diffusion Models, arXiv 2107.00630, with its ends pinned',
  parameters: logSnrEnds,
  inputs: { weights },
  check: (values) => mustIncrease('gammaMin', 'gammaMax', values),
  checkInputs({ weights: given }): EntryProblem[] {
    const { length } = given as readonly number[];
    if (length % 3 === 1) return [];
    const message = `weights must be 1 + 3K numbers for a network of K units: got ${length}`;
    return [{ severity: 'error', path: ['inputs', 'weights'], message }];
  },
  create: ({ gammaMin, gammaMax }, inputs) =>
    learnedCurve(new Monotone(inputs.weights as readonly number[]), gammaMin, gammaMax),
});

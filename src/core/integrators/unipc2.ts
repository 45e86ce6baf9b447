import { extrapolation } from './dpmpp2m';
import { combine } from './exponentialStart';
import { History } from './history';
import type { Integrator } from './integrator';
import { exponentialWeights } from './lagrange';

export const unipc2: Integrator = {
  id: 'unipc-2',
  title: 'UniPC-2',
  summary:
    'DPM-Solver++(2M) predicts, and the next value of u corrects the step it was predicted by: order 3 at one call a step.',
  source: 'Zhao et al., UniPC, arXiv 2302.04867',
  order: 3,
  evaluations: 1,
  kind: 'exponential',
  needs: ['clock'],
  create(system) {
    const { size, target, retain, gain, logSnr } = system;
    const history = new History(size, 3);
    /** The state before the last prediction, and its times. */
    const before = new Float64Array(size);
    let last: readonly [number, number] | undefined;
    return (from, to, z) => {
      target(from, z, history.next(logSnr(from)));
      if (last) {
        // The interpolant through the new value and those that the prediction was made from.
        const [start, end] = last;
        const past = history.places().slice(1);
        const weights = exponentialWeights(system, start, end, [past[0]!, ...past.slice(1), history.place(0)]);
        const values = [...past.map((_, j) => history.values(j + 1)), history.values(0)];
        combine(z, retain(start, end), before, weights, values);
      }
      before.set(z);
      last = [from, to];
      const add = gain(from, to);
      const share = history.length > 1 ? extrapolation(history, logSnr(to)) : 0;
      combine(z, retain(from, to), z, [add * (1 + share), -add * share], [history.values(0), history.values(1)]);
    };
  },
};

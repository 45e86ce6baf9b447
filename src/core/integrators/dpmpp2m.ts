import { combine } from './exponentialStart';
import { History } from './history';
import type { Integrator } from './integrator';

export const dpmpp2m: Integrator = {
  id: 'dpmpp-2m',
  title: 'DPM-Solver++(2M)',
  summary: 'The exponential step with u extrapolated to the middle of the step from its last two values.',
  source: 'Lu et al., DPM-Solver++, arXiv 2211.01095',
  order: 2,
  evaluations: 1,
  kind: 'exponential',
  needs: ['clock'],
  create({ size, target, retain, gain, logSnr }) {
    const history = new History(size, 2);
    return (from, to, z) => {
      target(from, z, history.next(logSnr(from)));
      const add = gain(from, to);
      const share = history.length > 1 ? extrapolation(history, logSnr(to)) : 0;
      const values = [history.values(0), history.values(1)];
      combine(z, retain(from, to), z, [add * (1 + share), -add * share], values);
    };
  },
};

/** 1/(2r), r the last step over this one in gamma; 0, the method of order 1, where a step has no end. */
export function extrapolation(history: History, to: number): number {
  const share = (to - history.place(0)) / (2 * (history.place(0) - history.place(1)));
  return Number.isFinite(share) ? share : 0;
}

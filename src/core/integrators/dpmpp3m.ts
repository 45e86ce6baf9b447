import { dpmpp2m, extrapolation } from './dpmpp2m';
import { combine } from './exponentialStart';
import { History } from './history';
import type { Integrator } from './integrator';

export const dpmpp3m: Integrator = {
  id: 'dpmpp-3m',
  title: 'DPM-Solver++(3M)',
  summary: 'As published, from three values of u; its second difference lacks a factor of two, so its order is 2.',
  source: 'Lu et al., DPM-Solver++, arXiv 2211.01095; as implemented in diffusers',
  order: 2,
  evaluations: 1,
  kind: 'exponential',
  needs: dpmpp2m.needs,
  create({ size, target, retain, moment, logSnr }) {
    const history = new History(size, 3);
    return (from, to, z) => {
      target(from, z, history.next(logSnr(from)));
      const [place, end] = [history.place(0), logSnr(to)];
      const h = end - place;
      const keep = retain(from, to);
      const values = [history.values(0), history.values(1), history.values(2)];
      const constant = moment(from, to, 0);
      if (history.length < 3 || !Number.isFinite(h)) {
        const share = history.length > 1 ? extrapolation(history, end) : 0;
        return combine(z, keep, z, [constant * (1 + share), -constant * share, 0], values);
      }
      // With r0 and r1 the last two steps over this one: D1 is the slope at the start, D2 half the second difference.
      const [r0, r1] = [(place - history.place(1)) / h, (history.place(1) - history.place(2)) / h];
      const linear = moment(from, to, 1) / h;
      const square = moment(from, to, 2) / (2 * h * h);
      const near = linear * (1 + r0 / (r0 + r1)) + square / (r0 + r1);
      const far = (linear * r0) / (r0 + r1) + square / (r0 + r1);
      return combine(z, keep, z, [constant + near / r0, -near / r0 - far / r1, far / r1], values);
    };
  },
};

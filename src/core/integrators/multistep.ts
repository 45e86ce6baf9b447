import { combine, exponentialStart } from './exponentialStart';
import { History } from './history';
import type { Integrator } from './integrator';
import { exponentialWeights } from './lagrange';

/** The row of a method that integrates exactly the polynomial in gamma through the last values of u. */
export const defineExponential = (row: Pick<Integrator, 'id' | 'title' | 'summary' | 'order'>): Integrator => ({
  ...row,
  source: 'Hochbruck and Ostermann, Acta Numerica 19, 2010; Zhang and Chen, DEIS, arXiv 2204.13902',
  evaluations: 1,
  starting: 3 * (row.order - 1),
  kind: 'exponential',
  needs: ['clock', 'all-times'],
  create(system) {
    const { order } = row;
    const history = new History(system.size, order);
    const begin = exponentialStart(system);
    return (from, to, z) => {
      const u = history.next(system.logSnr(from));
      system.target(from, z, u);
      if (history.length < order) return begin(from, to, z, u);
      const values = history.places().map((_, j) => history.values(j));
      combine(z, system.retain(from, to), z, exponentialWeights(system, from, to, history.places()), values);
    };
  },
});

import { History } from './history';
import type { Integrator } from './integrator';
import { lagrangeWeights } from './lagrange';
import { rk4 } from './rk4';
import { rungeKutta } from './rungeKutta';

/** The row of a method that integrates the polynomial through the last slopes; Runge-Kutta 4 makes the first of them. */
export const defineAdamsBashforth = (row: Pick<Integrator, 'id' | 'title' | 'order' | 'stability'>): Integrator => ({
  ...row,
  summary: `The polynomial through the last ${row.order} slopes, on any grid; Runge-Kutta 4 makes the first steps.`,
  source: 'Bashforth and Adams, 1883; for diffusion Liu et al., PNDM, arXiv 2202.09778',
  evaluations: 1,
  starting: 3 * (row.order - 1),
  kind: 'explicit',
  needs: ['all-times'],
  create(system) {
    const { order } = row;
    const history = new History(system.size, order);
    const begin = rungeKutta(system, rk4.tableau!);
    return (from, to, z) => {
      if (history.length < order - 1) {
        // Runge-Kutta's first slope is the one to keep, and is called once.
        const first = history.next(from);
        system.slope(from, z, first);
        begin(from, to, z, first);
        return;
      }
      system.slope(from, z, history.next(from));
      const h = to - from;
      const weights = lagrangeWeights(
        history.places().map((t) => (t - from) / h),
        Array.from({ length: order }, (_, k) => 1 / (k + 1)),
      );
      weights.forEach((weight, j) => {
        const k = history.values(j);
        for (let i = 0; i < z.length; i++) z[i]! += h * weight * k[i]!;
      });
    };
  },
});

import { History } from './history';
import type { Integrator, System } from './integrator';
import { rk4 } from './rk4';
import { addSlopes, rungeKutta } from './rungeKutta';
import { lagrangeWeights } from './lagrange';

/** The integrals of 1, x, x^2, x^3 over a step. */
const MOMENTS = [1, 1 / 2, 1 / 3, 1 / 4];

/** The weights of a first-order step. */
const EULER = [1];

/** The row of a method that integrates the polynomial through the last slopes; Runge-Kutta 4 makes the first of them. */
export const defineAdamsBashforth = (row: Pick<Integrator, 'id' | 'title' | 'order' | 'stability'>): Integrator => ({
  ...row,
  summary: `The polynomial through the last ${row.order} slopes, on any grid; Runge-Kutta 4 makes the first steps.`,
  source: 'Bashforth and Adams, 1883; for diffusion Liu et al., PNDM, arXiv 2202.09778',
  evaluations: 1,
  starting: 3 * (row.order - 1),
  multistep: true,
  kind: 'explicit',
  needs: ['all-times'],
  create: (system) => adams(system, row.order),
});

function adams(system: System, order: number) {
  const history = new History(system.size, order);
  const begin = rungeKutta(system, rk4.tableau!);
  const nodes = new Float64Array(order);
  const weights = new Float64Array(order);
  return (from: number, to: number, z: Float64Array, firstOrder = false): void => {
    const slope = history.open(from, from);
    system.slope(from, z, slope);
    if (firstOrder) addSlopes(z, to - from, EULER, history.values);
    else if (history.count < order) {
      begin(from, to, z, slope);
    } else {
      lagrangeWeights(nodes, history.nodes(to - from, nodes), MOMENTS, weights);
      addSlopes(z, to - from, weights, history.values);
    }
    history.close(to);
  };
}

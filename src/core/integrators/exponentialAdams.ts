import { advance, advanceBy, defineExponential, kuttaStep } from './exponential';
import { History } from './history';
import type { Integrator, System } from './integrator';
import { lagrangeWeights } from './lagrange';

const source = 'Nørsett, Lecture Notes in Mathematics 109, 1969; Hochbruck and Ostermann, Acta Numerica 19, 2010';

/** The row of the exact integral of the polynomial in log-SNR through the last `order` values of u. */
export const defineExponentialAdams = (row: Pick<Integrator, 'id' | 'title' | 'summary' | 'order'>): Integrator =>
  defineExponential(
    { ...row, source, multistep: true, evaluations: 1, starting: 2 * (row.order - 1), needs: ['clock', 'all-times'] },
    (system) => exponentialAdams(system, row.order),
  );

function exponentialAdams(system: System, order: number) {
  const { size, target, retain, gain, logSnr, moments } = system;
  const history = new History(size, order);
  const start = kuttaStep(system);
  const [nodes, weights, integrals] = [new Float64Array(order), new Float64Array(order), new Float64Array(4)];
  return (from: number, to: number, z: Float64Array, firstOrder = false): void => {
    const place = logSnr(from);
    const u = history.open(from, place);
    target(from, z, u);
    const count = history.nodes(logSnr(to) - place, nodes);
    if (firstOrder) advance(z, retain(from, to), gain(from, to), u);
    else if (count < order) start(from, to, z, u);
    else {
      moments(from, to, integrals);
      lagrangeWeights(nodes, order, integrals, weights);
      advanceBy(z, retain(from, to), weights, order, history.values);
    }
    history.close(to);
  };
}

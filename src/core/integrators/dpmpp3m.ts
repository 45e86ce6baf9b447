import { twoStepWeights } from './dpmpp2m';
import { advanceBy, defineExponential } from './exponential';
import { History } from './history';
import { lagrangeWeights } from './lagrange';

/** As published: the parabola through the last three u with half its quadratic part, so that the order is 2. */
export const dpmpp3m = defineExponential(
  {
    id: 'dpmpp-3m',
    title: 'DPM-Solver++(3M)',
    summary:
      'The parabola through the last three values of u, of which the published formula takes half the curvature: order 2.',
    source: 'Lu et al., DPM-Solver++, arXiv 2211.01095, and public code',
    order: 2,
    evaluations: 1,
    multistep: true,
    needs: ['clock'],
  },
  ({ size, target, retain, gain, logSnr, moments }) => {
    const history = new History(size, 3);
    const [nodes, weights, integrals] = [new Float64Array(3), new Float64Array(3), new Float64Array(4)];
    return (from, to, z, firstOrder = false) => {
      const place = logSnr(from);
      target(from, z, history.open(from, place));
      let count = firstOrder ? 1 : history.nodes(logSnr(to) - place, nodes);
      if (count < 3) count = twoStepWeights(gain(from, to), count, nodes[1]!, weights);
      else {
        moments(from, to, integrals);
        integrals[2]! /= 2;
        lagrangeWeights(nodes, 3, integrals, weights);
      }
      advanceBy(z, retain(from, to), weights, count, history.values);
      history.close(to);
    };
  },
);

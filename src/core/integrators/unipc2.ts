import { twoStepWeights } from './dpmpp2m';
import { advanceBy, defineExponential } from './exponential';
import { History } from './history';
import { lagrangeWeights } from './lagrange';

/**
 * Each step predicts as DPM-Solver++(2M) does. The next step, which has u at the predicted state, then corrects the
 * state without another call: by the exact integral of the parabola through u before, at and after the step. The first
 * correction uses the line through two points. The state at the end of the last step stays as predicted.
 */
export const unipc2 = defineExponential(
  {
    id: 'unipc-2',
    title: 'UniPC-2',
    summary: 'Predicts as DPM-Solver++(2M) does and corrects each state with the u that the next step takes anyway.',
    source: 'Zhao et al., UniPC, arXiv 2302.04867, B(h) = exp(h) - 1',
    order: 3,
    evaluations: 1,
    multistep: true,
    needs: ['clock'],
  },
  ({ size, target, retain, gain, logSnr, moments }) => {
    const history = new History(size, 3);
    const before = new Float64Array(size);
    const [nodes, weights, integrals] = [new Float64Array(3), new Float64Array(3), new Float64Array(4)];
    let last = NaN;
    return (from, to, z, firstOrder = false) => {
      const place = logSnr(from);
      target(from, z, history.open(from, place));
      // In units of the step that is corrected, whose start is the second node: it moves to 0, and its end to 1.
      const known = history.nodes(history.count > 1 ? place - logSnr(last) : NaN, nodes);
      if (known > 1) {
        for (let j = 0; j < known; j++) nodes[j]! += 1;
        moments(last, from, integrals);
        if (known === 2) integrals[1] = integrals[0]! / 2;
        lagrangeWeights(nodes, known, integrals, weights);
        z.set(before);
        advanceBy(z, retain(last, from), weights, known, history.values);
      }
      before.set(z);
      const count = firstOrder ? 1 : Math.min(2, history.nodes(logSnr(to) - place, nodes));
      const used = twoStepWeights(gain(from, to), count, nodes[1]!, weights);
      advanceBy(z, retain(from, to), weights, used, history.values);
      last = from;
      history.close(to);
    };
  },
);

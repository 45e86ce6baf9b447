import { advanceBy, defineExponential } from './exponential';
import { History } from './history';

/**
 * The weights of u_n and u_(n-1) in gain (u_n + (u_n - u_(n-1))/(2r)), with u_(n-1) at `node` = -r steps from u_n in
 * log-SNR; of u_n alone where there is no other. Answers how many there are.
 */
export function twoStepWeights(gain: number, count: number, node: number, weights: Float64Array): number {
  weights[0] = gain;
  if (count < 2) return 1;
  weights[0] = gain * (1 - 1 / (2 * node));
  weights[1] = gain / (2 * node);
  return 2;
}

export const dpmpp2m = defineExponential(
  {
    id: 'dpmpp-2m',
    title: 'DPM-Solver++(2M)',
    summary: 'u at the middle of the step, by the line through its last two values; the first step holds u fixed.',
    source: 'Lu et al., DPM-Solver++, arXiv 2211.01095, algorithm 2',
    order: 2,
    evaluations: 1,
    multistep: true,
    needs: ['clock'],
  },
  ({ size, target, retain, gain, logSnr }) => {
    const history = new History(size, 2);
    const [nodes, weights] = [new Float64Array(2), new Float64Array(2)];
    return (from, to, z, firstOrder = false) => {
      const place = logSnr(from);
      target(from, z, history.open(from, place));
      const count = firstOrder ? 1 : history.nodes(logSnr(to) - place, nodes);
      const used = twoStepWeights(gain(from, to), count, nodes[1]!, weights);
      advanceBy(z, retain(from, to), weights, used, history.values);
      history.close(to);
    };
  },
);

import { InputError } from '../registry/problem';
import { defineDenoiser } from './denoiser';

export const idealLabels = defineDenoiser({
  id: 'ideal-labels',
  title: 'Ideal denoiser of the labels',
  summary:
    'The exact posterior mean where the clean states are the classes, one-hot, with their shares of the train rows: a network that is blind to x.',
  equation: String.raw`u = \sum_c e_c\,\mathrm{softmax}_c\left(\log p_c - \frac{|z - \sqrt{\bar\alpha}\,e_c|^2}{2(1-\bar\alpha)}\right)`,
  source: 'Posterior of a finite set, by Bayes',
  parameters: {},
  needs: 'data',
  points({ labels, classes }) {
    if (!classes)
      throw new InputError('ideal-labels is made of classes, and the data have numbers to predict: choose ideal-data');
    const shares = new Float64Array(classes);
    for (const label of labels) shares[label]! += 1 / labels.length;
    // A class without a train row has no share, and so no point.
    const present = Array.from(shares.keys()).filter((c) => shares[c]! > 0);
    const points = new Float64Array(present.length * classes);
    present.forEach((c, i) => (points[i * classes + c] = 1));
    return { points, d: classes, logWeights: Float64Array.from(present, (c) => Math.log(shares[c]!)) };
  },
});

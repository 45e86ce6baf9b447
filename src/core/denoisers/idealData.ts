import { defineDenoiser } from './denoiser';

export const idealData = defineDenoiser({
  id: 'ideal-data',
  title: 'Ideal denoiser of the data',
  summary: 'The exact posterior mean where the clean states are the train rows: what a perfect network would memorise.',
  equation: String.raw`u = \sum_i x_i\,\mathrm{softmax}_i\left(-\frac{|z - \sqrt{\bar\alpha}\,x_i|^2}{2(1-\bar\alpha)}\right)`,
  source: 'Posterior of a finite set, by Bayes; Karras et al., arXiv 2206.00364, eq. 57',
  parameters: {},
  needs: 'data',
  points: ({ x, d }) => ({ points: x, d }),
});

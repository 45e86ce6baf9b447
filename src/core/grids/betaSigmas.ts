import { symmetricBetaQuantile } from '../math/betaQuantile';
import { defineGrid } from './grid';
import { levelEnds, levelGrid } from './noiseLevels';

export const betaSigmas = defineGrid({
  id: 'beta-sigmas',
  title: 'Beta sigmas',
  summary:
    'As many noise levels as steps, at quantiles of Beta(a, a) between the table’s ends: close to both of them for a below 1.',
  source: 'Lee et al., Beta sampling is all you need, arXiv 2407.12173; diffusers, use_beta_sigmas',
  parameters: {
    a: {
      symbol: 'a',
      summary: 'both exponents of the beta law',
      default: 0.6,
      min: 0.05,
      max: 20,
      slider: [0.2, 2],
      unit: '1',
    },
    ...levelEnds,
  },
  create: ({ a, ...ends }) =>
    levelGrid('beta-sigmas', ends, (share, from, to) => to + (from - to) * symmetricBetaQuantile(1 - share, a)),
});

import { defineGrid } from './grid';
import { levelEnds, levelGrid } from './noiseLevels';

export const exponentialSigmas = defineGrid({
  id: 'exponential-sigmas',
  title: 'Exponential sigmas',
  summary:
    'As many noise levels as steps, equal in the logarithm, from the table’s noisiest row to its least noisy one; the last step removes what noise is left.',
  source: 'Crowson, k-diffusion; diffusers, use_exponential_sigmas and use_lu_lambdas',
  parameters: levelEnds,
  create: (ends) => levelGrid('exponential-sigmas', ends, (share, from, to) => from * (to / from) ** share),
});

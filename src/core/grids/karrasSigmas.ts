import { defineGrid } from './grid';
import { levelEnds, levelGrid } from './noiseLevels';

export const karrasSigmas = defineGrid({
  id: 'karras-sigmas',
  title: 'Karras sigmas',
  summary:
    'As many noise levels as steps, equal in σ^(1/ρ), from the table’s noisiest row to its least noisy one; the last step removes what noise is left.',
  source: 'Karras et al., arXiv 2206.00364, eq. 5; diffusers, use_karras_sigmas',
  parameters: {
    rho: {
      symbol: 'ρ',
      summary: 'root of the noise in which levels are equal',
      default: 7,
      min: 0.1,
      max: 100,
      slider: [1, 20],
      unit: '1',
    },
    ...levelEnds,
  },
  create: ({ rho, ...ends }) =>
    levelGrid('karras-sigmas', ends, (share, from, to) => {
      const [high, low] = [from ** (1 / rho), to ** (1 / rho)];
      return (high + share * (low - high)) ** rho;
    }),
});

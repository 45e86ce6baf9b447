import { defineGrid } from './grid';
import { nearest, rows, spare, tableGrid } from './tables';

export const linspace = defineGrid({
  id: 'linspace',
  title: 'Table, both ends',
  summary: 'Steps at rows of a discrete table, evenly from its noisiest row to its least noisy one.',
  source: 'Lin et al., arXiv 2305.08891, table 2; diffusers, timestep_spacing "linspace"',
  parameters: { rows, spare },
  create: ({ rows: count, spare: left }) =>
    tableGrid('linspace', count, (k, steps) =>
      nearest(((count - 1) * (steps - 1 - k + left)) / Math.max(1, steps - 1 + left)),
    ),
});

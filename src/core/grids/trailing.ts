import { defineGrid } from './grid';
import { nearest, ranged, rows, tableGrid } from './tables';

export const trailing = defineGrid({
  id: 'trailing',
  title: 'Table, trailing',
  summary: 'Every so many rows of a discrete table from its noisiest one on.',
  source: 'Lin et al., arXiv 2305.08891, table 2; diffusers, timestep_spacing "trailing"',
  parameters: { rows },
  create: ({ rows: count }) => tableGrid('trailing', count, (k, steps) => nearest(ranged(count, count / steps, k)) - 1),
});

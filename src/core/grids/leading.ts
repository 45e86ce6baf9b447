import { defineGrid } from './grid';
import { rows, spare, tableGrid } from './tables';

export const leading = defineGrid({
  id: 'leading',
  title: 'Table, leading',
  summary:
    'Every so many rows of a discrete table from its least noisy one on: the noisiest rows are left out, so the first step is the longest.',
  source: 'Lin et al., arXiv 2305.08891, table 2; diffusers, timestep_spacing "leading"',
  parameters: {
    rows,
    offset: {
      title: 'Offset',
      symbol: 'o',
      summary: 'rows by which all are moved towards the noise',
      default: 0,
      min: 0,
      max: 10,
      integer: true,
      slider: [0, 1],
      unit: 'rows',
    },
    spare,
  },
  create: ({ rows: count, offset, spare: left }) =>
    tableGrid('leading', count, (k, steps) => (steps - 1 - k + left) * Math.floor(count / (steps + left)) + offset),
});

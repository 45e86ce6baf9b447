import { defineGrid } from './grid';
import { linspaced, nearest, rows, spare, tableGrid } from './tables';

export const linspace = defineGrid({
  id: 'linspace',
  title: 'Table, both ends',
  summary: 'Steps at rows of a discrete table, evenly from its noisiest row to its least noisy one.',
  source: 'Lin et al., arXiv 2305.08891, table 2; diffusers, timestep_spacing "linspace"',
  parameters: {
    rows,
    spare,
    whole: {
      title: 'Whole rows',
      symbol: 'w',
      summary:
        '1 where steps begin at whole rows, 0 where between rows too, as in the classes of diffusers after k-diffusion',
      default: 1,
      min: 0,
      max: 1,
      integer: true,
      slider: [0, 1],
      unit: '1',
    },
  },
  create: ({ rows: count, spare: left, whole }) =>
    tableGrid('linspace', count, (k, steps) => {
      // one step alone begins at the least noisy row there, and all the same at the window's start here
      const row = linspaced(count - 1, steps + left, steps - 1 - k + left);
      return whole ? nearest(row) : row;
    }),
});

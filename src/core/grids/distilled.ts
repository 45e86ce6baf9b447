import { InputError } from '../registry/problem';
import { defineGrid } from './grid';
import { rows, tableGrid } from './tables';

export const distilled = defineGrid({
  id: 'distilled',
  title: 'Table, distilled',
  summary: 'Steps at some of the rows on which a consistency model was distilled, evenly from the noisiest one on.',
  source: 'Luo et al., Latent consistency models, arXiv 2310.04378; diffusers, original_inference_steps',
  parameters: {
    rows,
    taught: {
      title: 'Rows of the distillation',
      symbol: 'm',
      summary: 'rows of the table on which the model was distilled, evenly up to the noisiest one',
      default: 50,
      min: 1,
      max: 100_000,
      integer: true,
      slider: [1, 100],
      unit: 'rows',
    },
  },
  create: ({ rows: count, taught }) => {
    if (taught > count) throw new InputError(`taught must be at most the ${count} rows of the table: got ${taught}`);
    return tableGrid(
      'distilled',
      count,
      (k, steps) => (taught - Math.floor(k * (taught / steps))) * Math.floor(count / taught) - 1,
      taught,
    );
  },
});

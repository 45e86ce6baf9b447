import { uniform } from '../math/spacing';
import { defineGrid } from './grid';

export const uniformT = defineGrid({
  id: 'uniform-t',
  title: 'Uniform in t',
  summary: 'Steps of equal time.',
  source: 'Li, Teh and Pascanu, NoProp, arXiv 2503.24322',
  parameters: {},
  create: () => ({
    id: 'uniform-t',
    times: ({ window: { start, end } }, steps) => uniform(start, end, steps + 1),
  }),
});

import { uniform } from '../sampling';
import type { Grid } from './grid';

export const uniformT: Grid = {
  id: 'uniform-t',
  title: 'Uniform in t',
  summary: 'Steps of equal time.',
  times: (_, { start, end }, steps) => uniform(start, end, steps + 1),
};

import type { Start } from './start';

export const zero: Start = {
  id: 'zero',
  title: 'Zero',
  summary: 'The origin, the mean of the noise.',
  fill: (_, out) => void out.fill(0),
  moments: () => ({ mean: 0, variance: 0 }),
};

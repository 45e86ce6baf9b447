import type { Start } from './start';

export const normal: Start = {
  id: 'normal',
  title: 'Normal',
  summary: 'N(0, I), as when sampling: the labels are not known.',
  fill: ({ random }, out) => void random.normals(out),
  moments: () => ({ mean: 0, variance: 1 }),
};

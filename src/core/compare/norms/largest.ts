import { defineNorm } from './norm';

export const largest = defineNorm({
  id: 'max',
  title: 'Largest',
  summary: 'The largest difference in any path and coordinate.',
  phrase: 'a largest error',
  distance: (z, exact) => z.reduce((most, value, i) => Math.max(most, Math.abs(value - exact[i]!)), 0),
  standardError: () => NaN,
});

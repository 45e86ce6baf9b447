import { count, defineGenerator, noise, planar } from './dataset';

export const spirals = defineGenerator({
  id: 'spirals',
  title: 'Spirals',
  summary: 'Arms that wind around each other: hard for a small network.',
  source: 'Lang and Witbrock, Learning to tell two spirals apart, 1988 (Archimedean arms of outer radius 1)',
  parameters: {
    n: count,
    noise: noise(0.02),
    turns: {
      title: 'Turns',
      symbol: 'w',
      summary: 'full turns of every arm',
      default: 1.5,
      min: 0.1,
      max: 10,
      slider: [0.5, 4],
      unit: 'turns',
    },
    arms: {
      title: 'Arms',
      symbol: 'K',
      summary: 'number of arms, each a class',
      default: 2,
      min: 2,
      max: 10,
      integer: true,
      slider: [2, 6],
      unit: 'classes',
    },
  },
  check: ({ n, arms }) =>
    n < 2 * arms
      ? { path: ['n'], message: `n must be at least two points for each of ${arms} arms: got ${n}` }
      : undefined,
  generate: ({ n, noise: sd, turns, arms }, random) =>
    planar(n, arms, sd, random, (c, share) => {
      // Even in arc length, far from the centre: the radius grows as the square root of the share.
      const radius = Math.sqrt(0.01 + 0.99 * share);
      const angle = 2 * Math.PI * (turns * radius + c / arms);
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
});

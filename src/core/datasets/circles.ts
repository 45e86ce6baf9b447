import { count, defineGenerator, noise, planar } from './dataset';

export const circles = defineGenerator({
  id: 'circles',
  title: 'Circles',
  summary: 'A circle of radius 1 around a smaller one: the label depends on the distance alone.',
  source: 'scikit-learn, make_circles',
  parameters: {
    n: count,
    noise: noise(0.05),
    factor: {
      title: 'Inner radius',
      symbol: 'r',
      summary: 'radius of the inner circle',
      default: 0.5,
      min: 0,
      max: 1,
      open: 'both',
      slider: [0.1, 0.9],
      unit: '1',
    },
  },
  generate: ({ n, noise: sd, factor }, random) =>
    planar(n, 2, sd, random, (c, share) => {
      // One step short of the full turn: else the first and the last point would coincide.
      const angle = 2 * Math.PI * share * (1 - 2 / n);
      const radius = c ? factor : 1;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    }),
});

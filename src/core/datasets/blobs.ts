import { count, defineGenerator, noise, planar } from './dataset';

export const blobs = defineGenerator({
  id: 'blobs',
  title: 'Blobs',
  summary: 'Round Gaussian clouds on the unit circle, one a class: the easiest of all.',
  source: 'scikit-learn, make_blobs, with fixed centres',
  parameters: {
    n: count,
    noise: noise(0.25),
    centers: {
      title: 'Clouds',
      symbol: 'K',
      summary: 'number of clouds, each a class',
      default: 3,
      min: 2,
      max: 10,
      integer: true,
      slider: [2, 10],
      unit: 'classes',
    },
  },
  check: ({ n, centers }) =>
    n < 2 * centers
      ? { path: ['n'], message: `n must be at least two points for each of ${centers} centers: got ${n}` }
      : undefined,
  generate: ({ n, noise: sd, centers }, random) =>
    planar(n, centers, sd, random, (c) => {
      const angle = (2 * Math.PI * c) / centers;
      return [Math.cos(angle), Math.sin(angle)];
    }),
});

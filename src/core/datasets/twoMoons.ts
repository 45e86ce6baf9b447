import { count, defineGenerator, noise, planar } from './dataset';

export const twoMoons = defineGenerator({
  id: 'two-moons',
  title: 'Two moons',
  summary: 'Two half circles of radius 1 that interlock: two classes no line separates.',
  source: 'scikit-learn, make_moons',
  parameters: { n: count, noise: noise(0.1) },
  generate: ({ n, noise: sd }, random) =>
    planar(n, 2, sd, random, (c, share) => {
      const angle = Math.PI * share;
      return c ? [1 - Math.cos(angle), 0.5 - Math.sin(angle)] : [Math.cos(angle), Math.sin(angle)];
    }),
});

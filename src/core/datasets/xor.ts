import { count, defineGenerator, noise, planar } from './dataset';

export const xor = defineGenerator({
  id: 'xor',
  title: 'XOR',
  summary: 'Four clouds on the corners of a square, opposite corners of one class: no line parts them.',
  source: 'Minsky and Papert, Perceptrons, 1969',
  parameters: { n: count, noise: noise(0.25) },
  generate: ({ n, noise: sd }, random) =>
    planar(n, 2, sd, random, (c, share) => {
      const side = share < 0.5 ? -1 : 1;
      return [side, c ? -side : side];
    }),
});

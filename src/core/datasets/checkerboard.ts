import { count, defineGenerator, noise, planar } from './dataset';

export const checkerboard = defineGenerator({
  id: 'checkerboard',
  title: 'Checkerboard',
  summary: 'Points spread evenly over a board, the colour of their square their class.',
  source: 'Ho and Kleinberg, Building projectable classifiers of arbitrary complexity, 1996 (board from −1 to 1)',
  parameters: {
    n: count,
    noise: noise(0),
    squares: {
      title: 'Squares',
      symbol: 'k',
      summary: 'squares on a side',
      default: 4,
      min: 2,
      max: 16,
      integer: true,
      slider: [2, 8],
      unit: 'squares',
    },
  },
  generate: ({ n, noise: sd, squares }, random) =>
    planar(n, 2, sd, random, (c) => {
      // A row at random, then one of its squares of this colour; where rows have one more of it, those weigh more.
      for (;;) {
        const [row, column] = [random.integer(squares), random.integer(squares)];
        if ((row + column) % 2 !== c) continue;
        const at = (square: number) => (2 * (square + random.uniform())) / squares - 1;
        return [at(column), at(row)];
      }
    }),
});

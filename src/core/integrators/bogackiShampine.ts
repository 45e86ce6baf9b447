import { defineRungeKutta } from './rungeKutta';

export const bogackiShampine = defineRungeKutta(
  {
    id: 'bs23',
    title: 'Bogacki-Shampine 3(2)',
    summary: 'Three new slopes a step, the last of one step being the first of the next; an embedded error of order 2.',
    source: 'Bogacki and Shampine, Applied Mathematics Letters 2, 1989',
    order: 3,
  },
  {
    a: [[], [1 / 2], [0, 3 / 4], [2 / 9, 1 / 3, 4 / 9]],
    b: [2 / 9, 1 / 3, 4 / 9, 0],
    c: [0, 1 / 2, 3 / 4, 1],
    embedded: { b: [7 / 24, 1 / 4, 1 / 3, 1 / 8], order: 2 },
    // The cubic of Hermite.
    dense: [
      [1, -4 / 3, 5 / 9],
      [0, 1, -2 / 3],
      [0, 4 / 3, -8 / 9],
      [0, -1, 1],
    ],
  },
);

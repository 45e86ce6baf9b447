import { defineRungeKutta } from './rungeKutta';

export const ralston = defineRungeKutta(
  {
    id: 'ralston',
    title: 'Ralston',
    summary: 'The method of two slopes with the least bound on its error: the second is two thirds along.',
    source: 'Ralston, Mathematics of Computation 16, 1962',
    order: 2,
  },
  { a: [[], [2 / 3]], b: [1 / 4, 3 / 4], c: [0, 2 / 3] },
);

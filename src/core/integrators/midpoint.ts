import { defineRungeKutta } from './rungeKutta';

export const midpoint = defineRungeKutta(
  {
    id: 'midpoint',
    title: 'Midpoint',
    summary: 'The slope halfway, at the state that Euler predicts there.',
    source: 'Runge, Mathematische Annalen 46, 1895',
    order: 2,
  },
  { a: [[], [1 / 2]], b: [0, 1], c: [0, 1 / 2] },
);

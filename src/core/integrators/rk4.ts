import { defineRungeKutta } from './rungeKutta';

export const rk4 = defineRungeKutta(
  {
    id: 'rk4',
    title: 'Runge-Kutta 4',
    summary: 'The classical method: four slopes a step, weighed as in Simpson’s rule.',
    source: 'Kutta, Zeitschrift für Mathematik und Physik 46, 1901',
    order: 4,
  },
  { a: [[], [1 / 2], [0, 1 / 2], [0, 0, 1]], b: [1 / 6, 1 / 3, 1 / 3, 1 / 6], c: [0, 1 / 2, 1 / 2, 1] },
);

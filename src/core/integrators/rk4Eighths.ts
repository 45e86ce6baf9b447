import { defineRungeKutta } from './rungeKutta';

export const rk4Eighths = defineRungeKutta(
  {
    id: 'rk4-38',
    title: 'Runge-Kutta 4, 3/8 rule',
    summary: 'Four slopes, at thirds of the step, weighed as in the three-eighths rule.',
    source: 'Kutta, Zeitschrift für Mathematik und Physik 46, 1901',
    order: 4,
  },
  { a: [[], [1 / 3], [-1 / 3, 1], [1, -1, 1]], b: [1 / 8, 3 / 8, 3 / 8, 1 / 8], c: [0, 1 / 3, 2 / 3, 1] },
);

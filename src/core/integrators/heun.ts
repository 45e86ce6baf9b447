import { defineRungeKutta } from './rungeKutta';

export const heun = defineRungeKutta(
  {
    id: 'heun',
    title: 'Heun',
    summary: 'The mean of the slopes at the start and at the end that Euler predicts.',
    source: 'Heun, Zeitschrift für Mathematik und Physik 45, 1900; for diffusion Karras et al., arXiv 2206.00364',
    order: 2,
  },
  { a: [[], [1]], b: [1 / 2, 1 / 2], c: [0, 1] },
);

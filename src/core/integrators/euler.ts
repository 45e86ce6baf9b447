import { defineRungeKutta } from './rungeKutta';

export const euler = defineRungeKutta(
  {
    id: 'euler',
    title: 'Euler',
    summary: 'One slope a step, at its start.',
    source: 'Euler, Institutiones calculi integralis, 1768',
    order: 1,
  },
  { a: [[]], b: [1], c: [0] },
);

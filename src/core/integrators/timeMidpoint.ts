import type { Integrator } from './integrator';

export const timeMidpoint: Integrator = {
  id: 'time-midpoint',
  title: 'Time midpoint',
  summary: 'The slope halfway in time, but at the state of the start: public code has it as midpoint; its order is 1.',
  source: 'Public implementations of NoProp',
  order: 1,
  evaluations: 1,
  kind: 'explicit',
  needs: ['all-times'],
  stability: 2,
  create({ size, slope }) {
    const drift = new Float64Array(size);
    return (from, to, z) => {
      slope((from + to) / 2, z, drift);
      for (let i = 0; i < size; i++) z[i]! += (to - from) * drift[i]!;
    };
  },
};

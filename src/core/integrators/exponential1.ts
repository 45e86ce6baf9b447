import type { Integrator } from './integrator';

export const exponential1: Integrator = {
  id: 'exponential-1',
  title: 'Exponential 1',
  summary: 'The exact step with u held fixed: DDIM on the probability flow, eq. 10’s mean on the forward process.',
  source: 'Song, Meng and Ermon, DDIM, arXiv 2010.02502; Lu et al., DPM-Solver, arXiv 2206.00927',
  order: 1,
  evaluations: 1,
  kind: 'exponential',
  needs: ['clock'],
  create({ size, target, retain, gain }) {
    const u = new Float64Array(size);
    return (from, to, z) => {
      target(from, z, u);
      const keep = retain(from, to);
      const add = gain(from, to);
      for (let i = 0; i < size; i++) z[i] = keep * z[i]! + add * u[i]!;
    };
  },
};

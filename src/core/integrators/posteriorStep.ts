import type { Integrator } from './integrator';

export const posteriorStep: Integrator = {
  id: 'posterior-step',
  title: 'Posterior step',
  summary: 'The exact step of the SDE with u held fixed, its noise included: for λ = 1 a draw of q(zₜ | zₛ, u).',
  source: 'Beck, NoProp Forward Process, 2025, eqs. 10 to 13; Ho, Jain and Abbeel, DDPM, arXiv 2006.11239',
  order: 1,
  evaluations: 1,
  kind: 'sde',
  draws: ['exact'],
  needs: ['clock'],
  create({ size, target, retain, gain, spread, draw }) {
    const u = new Float64Array(size);
    const noise = new Float64Array(size);
    return (from, to, z) => {
      target(from, z, u);
      draw(noise);
      const keep = retain(from, to);
      const add = gain(from, to);
      const sd = spread(from, to);
      for (let i = 0; i < size; i++) z[i] = keep * z[i]! + add * u[i]! + sd * noise[i]!;
    };
  },
};

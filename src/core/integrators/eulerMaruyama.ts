import type { Integrator } from './integrator';

export const eulerMaruyama: Integrator = {
  id: 'euler-maruyama',
  title: 'Euler-Maruyama',
  summary:
    'One slope and one draw of noise a step, both as they are at its start; Milstein’s too, as the noise is additive.',
  source: 'Maruyama, Rendiconti del Circolo Matematico di Palermo 4, 1955',
  order: 1,
  evaluations: 1,
  kind: 'sde',
  stability: 2,
  draws: ['increment'],
  needs: [],
  create({ size, slope, diffusion, draw }) {
    const drift = new Float64Array(size);
    const noise = new Float64Array(size);
    return (from, to, z) => {
      slope(from, z, drift);
      draw(noise);
      const h = to - from;
      const sd = Math.sqrt(h * diffusion(from));
      for (let i = 0; i < size; i++) z[i]! += h * drift[i]! + sd * noise[i]!;
    };
  },
};

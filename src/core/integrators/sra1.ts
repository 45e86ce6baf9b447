import type { Integrator } from './integrator';

export const sra1: Integrator = {
  id: 'sra1',
  title: 'SRA1',
  summary: 'Two slopes and two draws of noise a step: strong order 1.5, as the noise is additive.',
  source: 'Rößler, SIAM Journal on Numerical Analysis 48, 2010',
  order: 1.5,
  evaluations: 2,
  kind: 'sde',
  weakOrder: 2,
  stability: 2,
  draws: ['increment', 'area'],
  needs: ['all-times'],
  create({ size, slope, diffusion, draw }) {
    const [first, second, stage] = [new Float64Array(size), new Float64Array(size), new Float64Array(size)];
    const [plain, other] = [new Float64Array(size), new Float64Array(size)];
    return (from, to, z) => {
      const h = to - from;
      const root = Math.sqrt(h);
      const [start, end] = [Math.sqrt(diffusion(from)), Math.sqrt(diffusion(to))];
      draw(plain);
      draw(other);
      slope(from, z, first);
      // I1 = sqrt(h) x and I10/h = sqrt(h) (x + y/sqrt(3))/2 for independent x and y in N(0, 1).
      for (let i = 0; i < size; i++) {
        const mixed = (root * (plain[i]! + other[i]! / Math.sqrt(3))) / 2;
        stage[i] = z[i]! + (3 / 4) * h * first[i]! + (3 / 2) * end * mixed;
      }
      slope(from + (3 / 4) * h, stage, second);
      for (let i = 0; i < size; i++) {
        const mixed = (root * (plain[i]! + other[i]! / Math.sqrt(3))) / 2;
        z[i]! += h * (first[i]! / 3 + (2 / 3) * second[i]!) + end * root * plain[i]! + (start - end) * mixed;
      }
    };
  },
};

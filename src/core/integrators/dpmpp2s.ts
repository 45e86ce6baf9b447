import type { Integrator } from './integrator';

export const dpmpp2s: Integrator = {
  id: 'dpmpp-2s',
  title: 'DPM-Solver++(2S)',
  summary:
    'The exponential step with u as it is halfway in γ, at the state that a first exponential step predicts there.',
  source: 'Lu et al., DPM-Solver++, arXiv 2211.01095',
  order: 2,
  evaluations: 2,
  kind: 'exponential',
  needs: ['clock', 'all-times'],
  create({ size, target, retain, gain, between }) {
    const [u, stage] = [new Float64Array(size), new Float64Array(size)];
    const move = (from: number, to: number, z: Float64Array, out: Float64Array) => {
      const [keep, add] = [retain(from, to), gain(from, to)];
      for (let i = 0; i < size; i++) out[i] = keep * z[i]! + add * u[i]!;
    };
    return (from, to, z) => {
      target(from, z, u);
      const middle = between(from, to);
      move(from, middle, z, stage);
      target(middle, stage, u);
      move(from, to, z, z);
    };
  },
};

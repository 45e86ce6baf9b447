import { advance, defineExponential } from './exponential';

export const exponential1 = defineExponential(
  {
    id: 'exponential-1',
    title: 'Exponential 1',
    summary: 'The exact step with u held fixed: DDIM on the probability flow, eq. 10’s mean on the forward process.',
    source: 'Song, Meng and Ermon, DDIM, arXiv 2010.02502; Lu et al., DPM-Solver, arXiv 2206.00927',
    order: 1,
    evaluations: 1,
    needs: ['clock'],
  },
  ({ size, target, retain, gain }) => {
    const u = new Float64Array(size);
    return (from, to, z) => {
      target(from, z, u);
      advance(z, retain(from, to), gain(from, to), u);
    };
  },
);

import { advance, defineExponential, infinite } from './exponential';

export const dpmpp2s = defineExponential(
  {
    id: 'dpmpp-2s',
    title: 'DPM-Solver++(2S)',
    summary:
      'The exact step with u as it is in the middle of the step in log-SNR, where a first step with u held leads.',
    source: 'Lu et al., DPM-Solver++, arXiv 2211.01095, algorithm 1',
    order: 2,
    evaluations: 2,
    needs: ['clock', 'all-times'],
  },
  (system) => {
    const { size, target, retain, gain, between } = system;
    const u = new Float64Array(size);
    const stage = new Float64Array(size);
    return (from, to, z) => {
      target(from, z, u);
      if (!infinite(system, from, to)) {
        const middle = between(from, to, 1 / 2);
        stage.set(z);
        advance(stage, retain(from, middle), gain(from, middle), u);
        target(middle, stage, u);
      }
      advance(z, retain(from, to), gain(from, to), u);
    };
  },
);

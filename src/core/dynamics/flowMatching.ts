import { defineDynamics } from './dynamics';

/**
 * With z_t = t z_1 + (1 - t) z_0 the velocity E[z_1 - z_0 | z_t] is (u - z)/(1 - t), where u is the posterior mean of
 * z_1 given z_t: that of the state z_t / c, c^2 = t^2 + (1 - t)^2, of unit noise and signal at log-SNR 2 ln(t/(1-t)).
 */
export const flowMatching = defineDynamics({
  id: 'flow-matching',
  title: 'Flow matching',
  summary:
    'Straight lines from noise to data, z = t z₁ + (1 − t) z₀: it ignores the schedule and has a log-SNR of its own.',
  equation: String.raw`\frac{dz}{dt} = \frac{u - z}{1-t}`,
  number: '',
  source: 'Lipman et al., Flow matching, arXiv 2210.02747; Liu et al., Rectified flow, arXiv 2209.03003',
  parameters: {},
  create: () => ({
    id: 'flow-matching',
    needs: [],
    rates(t) {
      const rate = 1 / (1 - t);
      return { pull: rate, decay: rate };
    },
    kept: (_, from, to) => (from === to ? 1 : (1 - to) / (1 - from)),
    noiseLevel: (t) => ({ scale: Math.hypot(t, 1 - t), logSnr: 2 * (Math.log(t) - Math.log1p(-t)) }),
  }),
});

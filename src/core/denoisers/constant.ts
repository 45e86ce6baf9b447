import { defineDenoiser, type Denoiser } from './denoiser';

/** u = the same value at every coordinate, whatever z and t are: the oracle of one target. */
export const constantU = (u: number): Denoiser => ({
  times: 'all',
  constant: true,
  denoise: (_z, n, d, _t, _logSnr, out) => void out.fill(u, 0, n * d),
});

/** u given row by row (n x d), whatever z and t are: each state's own oracle. */
export const oracle = (targets: Float64Array): Denoiser => ({
  times: 'all',
  constant: true,
  denoise: (_z, n, d, _t, _logSnr, out) => out.set(targets.subarray(0, n * d)),
});

export const constant = defineDenoiser({
  id: 'constant',
  title: 'Constant u',
  summary: 'The oracle: every path is drawn to one known target.',
  equation: String.raw`u = \text{const}`,
  source: 'Beck, NoProp Forward Process, 2025',
  parameters: {
    u: {
      symbol: 'u',
      summary: 'the target, in every coordinate',
      default: 1,
      min: -1000,
      max: 1000,
      slider: [-3, 3],
      unit: '1',
    },
  },
  create: ({ u }) => constantU(u),
  law: ({ u }) => ({ weights: [1], means: [u], sds: [0] }),
});

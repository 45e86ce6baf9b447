import { marginal } from '../marginals';
import type { Start } from './start';

export const exact: Start = {
  id: 'exact',
  title: 'Exact',
  summary: 'The law of z at the first time given its target: mean √ᾱ₀ times the target, variance 1−ᾱ₀.',
  fill({ logSnr, scale = 1, targets, random }, out) {
    const { signal, noise } = marginal(logSnr);
    for (let k = 0; k < out.length; k++) out[k] = scale * (signal * targets[k]! + noise * random.normal());
  },
  moments({ logSnr, scale = 1 }, { mean, variance }) {
    const { signal, noise } = marginal(logSnr);
    return { mean: scale * signal * mean, variance: scale * scale * (signal * signal * variance + noise * noise) };
  },
};

import type { Parameters } from '../registry/parameters';
import { defineSchedule, mustIncrease } from './schedule';

/** Ends of alphaBar. */
export const alphaRange = {
  alphaMin: {
    symbol: 'a₀',
    summary: 'ᾱ at t = 0, the noise end',
    default: 0.01,
    min: 0,
    max: 1,
    open: 'max',
    slider: [0, 0.5],
    unit: '1',
  },
  alphaMax: {
    symbol: 'a₁',
    summary: 'ᾱ at t = 1, the data end',
    default: 0.99,
    min: 0,
    max: 1,
    open: 'min',
    slider: [0.5, 1],
    unit: '1',
  },
} as const satisfies Parameters;

export const linearAlpha = defineSchedule({
  id: 'linear-alpha',
  title: 'Linear ᾱ',
  summary: 'The signal share ᾱ itself rises linearly, as in the public NoProp code.',
  equation: String.raw`\bar\alpha = a_0 + (a_1 - a_0)\,t`,
  source: 'Li, Teh and Pascanu, NoProp, arXiv 2503.24322 (public implementations)',
  parameters: alphaRange,
  check: (values) => mustIncrease('alphaMin', 'alphaMax', values),
  create({ alphaMin, alphaMax }) {
    const slope = alphaMax - alphaMin;
    const signal = (t: number) => alphaMin + slope * t;
    const noise = (t: number) => 1 - alphaMax + slope * (1 - t);
    return {
      logSnr: (t) => Math.log(signal(t) / noise(t)),
      logSnrRate: (t) => slope / (signal(t) * noise(t)),
      endRates: [slope, slope],
    };
  },
});

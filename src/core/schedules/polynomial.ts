import { alphaRange } from './linearAlpha';
import { defineSchedule, mustIncrease } from './schedule';

export const polynomial = defineSchedule({
  id: 'polynomial',
  title: 'Polynomial ᾱ',
  summary: 'A power of time in ᾱ: above 1 it stays near the noise for longer, below 1 it leaves it at once.',
  equation: String.raw`\bar\alpha = a_0 + (a_1 - a_0)\,t^p`,
  source: 'after Hoogeboom et al., Equivariant diffusion, arXiv 2203.17003',
  parameters: {
    ...alphaRange,
    power: {
      symbol: 'p',
      summary: 'power of time',
      default: 2,
      min: 0.01,
      max: 100,
      slider: [0.2, 6],
      unit: '1',
    },
  },
  check: (values) => mustIncrease('alphaMin', 'alphaMax', values),
  create({ alphaMin, alphaMax, power }) {
    const slope = alphaMax - alphaMin;
    const noise = (t: number) => 1 - alphaMax - slope * Math.expm1(power * Math.log(t));
    // alphaBar' / alphaBar, with t^p divided out so that neither 0/0 nor underflow is met at t = 0.
    const growth = (t: number) => power / (t + (alphaMin && (alphaMin / slope) * t ** (1 - power)));
    return {
      logSnr: (t) => Math.log((alphaMin + slope * t ** power) / noise(t)),
      logSnrRate: (t) => growth(t) / noise(t),
      endRates: [slope * power * 0 ** (power - 1), slope * power],
    };
  },
});

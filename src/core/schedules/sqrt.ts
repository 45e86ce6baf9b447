import { defineSchedule } from './schedule';

export const sqrtSchedule = defineSchedule({
  id: 'sqrt',
  title: 'Square root',
  summary: 'Noise comes fast next to the data, then slowly: for embeddings of text. ᾱ is 0 until t = offset.',
  equation: String.raw`\bar\alpha = 1 - \sqrt{s + o}`,
  source: 'Li et al., Diffusion-LM, arXiv 2205.14217',
  parameters: {
    offset: {
      symbol: 'o',
      summary: 'noise variance at the data end, squared',
      default: 1e-4,
      min: 0,
      max: 0.9,
      slider: [0, 0.1],
      unit: '1',
    },
  },
  create({ offset }) {
    // 1 - alphaBar is the root itself, and alphaBar = (1 - root^2) / (1 + root) = (t - offset) / (1 + root).
    // Before t = offset the formula is negative: there is no signal yet, and the pole is reached at t = offset.
    const square = (t: number) => 1 - t + offset;
    return {
      logSnr(t) {
        const root = Math.sqrt(square(t));
        return t > offset ? Math.log((t - offset) / (root * (1 + root))) : -Infinity;
      },
      logSnrRate: (t) => (t > offset ? (1 + Math.sqrt(square(t))) / (2 * square(t) * (t - offset)) : Infinity),
      endRates: [0.5, 1 / (2 * Math.sqrt(offset))],
    };
  },
});

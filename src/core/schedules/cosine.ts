import { defineSchedule } from './schedule';

export const cosine = defineSchedule({
  id: 'cosine',
  title: 'Cosine',
  summary: 'A squared cosine in ᾱ; the offset keeps the last steps from vanishing.',
  equation: String.raw`\bar\alpha = \left[\cos\!\left(\tfrac{\pi}{2}\tfrac{s+o}{1+o}\right) / \cos\!\left(\tfrac{\pi}{2}\tfrac{o}{1+o}\right)\right]^2`,
  source: 'Nichol and Dhariwal, Improved DDPM, arXiv 2102.09672',
  parameters: {
    offset: {
      symbol: 'o',
      summary: 'small shift of the angle',
      default: 0.008,
      min: 0,
      max: 1,
      slider: [0, 0.2],
      unit: '1',
    },
  },
  create({ offset }) {
    // With y = pi/2 - x the angle's cosine is sin(y), exact near t=0, and
    // cos(x0)^2 - cos(x)^2 = sin(x - x0) sin(x + x0) is exact near t=1.
    const scale = Math.PI / 2 / (1 + offset);
    const first = scale * offset;
    const cos2 = Math.cos(first) ** 2;
    const spread = (t: number) => Math.sin(scale * (1 - t)) * Math.sin(scale * (1 - t) + 2 * first);
    const tangent = (t: number) => (t < 0.5 ? 1 / Math.tan(scale * t) : Math.tan(scale * (1 - t) + first));
    const rate = 2 * scale;
    return {
      logSnr: (t) => Math.log(Math.sin(scale * t) ** 2 / spread(t)),
      logSnrRate: (t) => (t === 1 ? Infinity : (rate * cos2 * tangent(t)) / spread(t)),
      endRates: [0, rate * Math.tan(first)],
    };
  },
});

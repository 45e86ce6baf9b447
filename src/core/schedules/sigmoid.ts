import { log1mExp } from '../math/stable';
import { defineSchedule, mustIncrease } from './schedule';

export const sigmoidSchedule = defineSchedule({
  id: 'sigmoid',
  title: 'Sigmoid',
  summary: 'A stretch of the logistic curve, rescaled so that ᾱ runs from 0 to 1.',
  equation: String.raw`\bar\alpha = \frac{\sigma(e/\tau) - \sigma((b+(e-b)s)/\tau)}{\sigma(e/\tau) - \sigma(b/\tau)}`,
  source: 'Jabri, Fleet and Chen, Scalable adaptive computation, arXiv 2212.11972',
  parameters: {
    start: {
      symbol: 'b',
      summary: 'where the logistic curve begins (data end)',
      default: -3,
      min: -100,
      max: 100,
      slider: [-10, 3],
      unit: '1',
    },
    end: {
      symbol: 'e',
      summary: 'where the logistic curve ends (noise end)',
      default: 3,
      min: -100,
      max: 100,
      slider: [-3, 10],
      unit: '1',
    },
    tau: {
      symbol: 'τ',
      summary: 'temperature: smaller is steeper',
      default: 1,
      min: 0.01,
      max: 100,
      slider: [0.1, 5],
      unit: '1',
    },
  },
  check: (values) => mustIncrease('start', 'end', values),
  create({ start, end, tau }) {
    // sg(p) - sg(q) = sinh((p-q)/2) / (2 cosh(p/2) cosh(q/2)) turns both alphaBar and 1 - alphaBar
    // into products; cosh of the moving end cancels in their ratio.
    const width = (end - start) / tau;
    const [low, high] = [Math.abs(start / tau), Math.abs(end / tau)];
    const offset = (low - high - width) / 2 + Math.log1p(Math.exp(-low)) - Math.log1p(Math.exp(-high));
    const slope = width / -Math.expm1(-width);
    const coth = (x: number) => 1 / Math.tanh(x);
    return {
      logSnr: (t) => offset + width * t + log1mExp(width * t) - log1mExp(width * (1 - t)),
      logSnrRate: (t) => (width / 2) * (coth((width * t) / 2) + coth((width * (1 - t)) / 2)),
      endRates: [slope * Math.exp(offset), slope * Math.exp(-offset - width)],
    };
  },
});

import { defineSchedule, mustIncrease } from './schedule';

/** An angle in [0, pi/2] with what is left to pi/2, each with its own digits. */
interface Angle {
  readonly angle: number;
  readonly rest: number;
}

export const generalizedCosine = defineSchedule({
  id: 'generalized-cosine',
  title: 'Generalized cosine',
  summary: 'A stretch of a cosine to any power, rescaled so that ᾱ runs from 0 to 1.',
  equation: String.raw`\bar\alpha = \frac{c(e) - c(b+(e-b)s)}{c(e) - c(b)},\quad c(x) = \cos(\pi x/2)^{2\tau}`,
  source: 'Chen, On the importance of noise scheduling, arXiv 2301.10972',
  parameters: {
    start: {
      symbol: 'b',
      summary: 'where the cosine begins (data end)',
      default: 0.2,
      min: 0,
      max: 1,
      open: 'max',
      slider: [0, 0.9],
      unit: '1',
    },
    end: {
      symbol: 'e',
      summary: 'where the cosine ends (noise end)',
      default: 1,
      min: 0,
      max: 1,
      open: 'min',
      slider: [0.1, 1],
      unit: '1',
    },
    tau: {
      symbol: 'τ',
      summary: 'half the power of the cosine',
      default: 1,
      min: 0.01,
      max: 100,
      slider: [0.1, 5],
      unit: '1',
    },
  },
  check: (values) => mustIncrease('start', 'end', values),
  create({ start, end, tau }) {
    const width = (Math.PI / 2) * (end - start);
    const data: Angle = { angle: (Math.PI / 2) * start, rest: (Math.PI / 2) * (1 - start) };
    const noise: Angle = { angle: (Math.PI / 2) * end, rest: (Math.PI / 2) * (1 - end) };
    const at = (t: number): Angle => ({ angle: data.angle + width * (1 - t), rest: noise.rest + width * t });
    /** 1 - c(q)/c(p) for q = p + gap, as cos(p)^2 - cos(q)^2 = sin(q - p) sin(q + p) where the two are near. */
    const drop = (p: Angle, q: Angle, gap: number) => {
      const ratio = (Math.sin(q.rest) / Math.sin(p.rest)) ** 2;
      const both = Math.sin(Math.min(p.angle + q.angle, p.rest + q.rest));
      const fall = (Math.sin(gap) / Math.sin(p.rest)) * (both / Math.sin(p.rest));
      return -Math.expm1(tau * (ratio < 0.5 ? Math.log(ratio) : Math.log1p(-fall)));
    };
    const whole = drop(data, noise, width);
    const speed = 2 * tau * width;
    const slope = ({ angle, rest }: Angle) =>
      (speed * Math.sin(rest) ** (2 * tau - 1) * Math.sin(angle)) / Math.sin(data.rest) ** (2 * tau) / whole;
    return {
      logSnr(t) {
        if (t === 0) return -Infinity;
        const x = at(t);
        const power = 2 * tau * Math.log(Math.sin(x.rest) / Math.sin(data.rest));
        return power + Math.log(drop(x, noise, width * t) / drop(data, x, width * (1 - t)));
      },
      logSnrRate(t) {
        if (t === 0 || t === 1) return Infinity;
        const x = at(t);
        const tangent = Math.sin(x.angle) / Math.sin(x.rest);
        return ((speed * tangent) / drop(x, noise, width * t)) * (whole / drop(data, x, width * (1 - t)));
      },
      endRates: [slope(noise), slope(data)],
    };
  },
});

import { NUMBERS } from './limits';
import { sizeText } from '../text/format';
import type { Random } from '../math/random';
import { count, defineGenerator, noise, type Dataset } from './dataset';
import { DIGITS, type Point } from './strokes';

export const glyphs = defineGenerator({
  id: 'glyphs',
  title: 'Glyph digits',
  summary: 'Digits drawn from strokes, each turned, slanted, stretched, moved and drawn with a pen of its own width.',
  source: 'Drawn by this program; no image of any data set is used',
  parameters: {
    n: count,
    noise: noise(0.05),
    size: {
      title: 'Size',
      symbol: 's',
      summary: 'pixels on a side',
      default: 12,
      min: 6,
      max: 64,
      integer: true,
      slider: [8, 28],
      unit: 'pixels',
    },
    jitter: {
      title: 'Jitter',
      symbol: 'j',
      summary: 'how much the drawings differ: 0 draws each digit the same way',
      default: 1,
      min: 0,
      max: 3,
      slider: [0, 2],
      unit: '1',
    },
  },
  check({ n, size }) {
    if (n < 20) return { path: ['n'], message: `n must be at least two drawings of each of 10 digits: got ${n}` };
    const numbers = n * size * size;
    if (numbers <= NUMBERS) return undefined;
    const most = `at most ${NUMBERS} numbers (${sizeText(8 * NUMBERS)})`;
    return { path: ['n'], message: `n x size x size must be ${most}: got ${numbers} (${sizeText(8 * numbers)})` };
  },
  generate({ n, noise: sd, size, jitter }, random): Dataset {
    const d = size * size;
    const x = new Float64Array(n * d);
    const labels = Int32Array.from({ length: n }, (_, i) => i % DIGITS.length);
    labels.forEach((digit, i) => {
      draw(x.subarray(i * d, (i + 1) * d), size, digit, jitter, random);
      for (let k = i * d; k < (i + 1) * d; k++) x[k]! += sd * random.normal();
    });
    const features = Array.from({ length: d }, (_, k) => `pixel ${Math.floor(k / size) + 1},${(k % size) + 1}`);
    return { x, labels, classes: DIGITS.map((_, digit) => String(digit)), features };
  },
});

/** Draws a digit, ink from 0 to 1, with a random turn, slant, stretch, place and pen. */
function draw(out: Float64Array, size: number, digit: number, jitter: number, random: Random): void {
  const turn = 0.14 * jitter * random.normal();
  const slant = 0.16 * jitter * random.normal();
  const [wide, high] = [random.normal(), random.normal()].map((z) => Math.exp(0.1 * jitter * z)) as [number, number];
  const [right, down] = [0.05 * jitter * random.normal(), 0.05 * jitter * random.normal()];
  const pen = 0.055 * Math.exp(0.2 * jitter * random.normal());
  const edge = 0.6 / size; // half the width over which ink fades out: a little more than half a pixel
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const place = ([px, py]: Point): Point => {
    const y = (py - 0.5) * high;
    const x = (px - 0.5) * wide - slant * y;
    return [0.5 + right + cos * x - sin * y, 0.5 + down + sin * x + cos * y];
  };
  out.fill(Infinity);
  for (const stroke of DIGITS[digit]!) {
    const points = stroke.map(place);
    for (let i = 1; i < points.length; i++) approach(out, size, points[i - 1]!, points[i]!, pen + edge);
  }
  out.forEach((square, k) => (out[k] = Math.min(Math.max((pen + edge - Math.sqrt(square)) / (2 * edge), 0), 1)));
}

/** Lowers each pixel's squared distance to that from a piece of line, within its reach; the rest is out of the pen's. */
function approach(out: Float64Array, size: number, [ax, ay]: Point, [bx, by]: Point, reach: number): void {
  const [dx, dy] = [bx - ax, by - ay];
  const scale = 1 / (dx * dx + dy * dy || 1);
  const first = (from: number) => Math.max(0, Math.floor((from - reach) * size));
  const last = (to: number) => Math.min(size - 1, Math.ceil((to + reach) * size));
  const [left, right] = [first(Math.min(ax, bx)), last(Math.max(ax, bx))];
  for (let row = first(Math.min(ay, by)); row <= last(Math.max(ay, by)); row++) {
    const y = (row + 0.5) / size - ay;
    for (let column = left; column <= right; column++) {
      const x = (column + 0.5) / size - ax;
      const share = Math.min(Math.max((x * dx + y * dy) * scale, 0), 1);
      const square = (x - share * dx) ** 2 + (y - share * dy) ** 2;
      if (square < out[row * size + column]!) out[row * size + column] = square;
    }
  }
}

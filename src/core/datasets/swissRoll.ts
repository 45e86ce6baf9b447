import { count, defineGenerator, noise, type Dataset } from './dataset';

export const swissRoll = defineGenerator({
  id: 'swiss-roll',
  title: 'Swiss roll',
  summary: 'A sheet rolled up in space; the classes are bands along it, near in space and far on the sheet.',
  source: 'Tenenbaum, de Silva and Langford, Science 290, 2000 (scaled to outer radius 1)',
  parameters: {
    n: count,
    noise: noise(0.02),
    bands: {
      title: 'Bands',
      symbol: 'K',
      summary: 'number of bands, each a class',
      default: 4,
      min: 2,
      max: 10,
      integer: true,
      slider: [2, 10],
      unit: 'classes',
    },
  },
  check: ({ n, bands }) =>
    n < 2 * bands
      ? { path: ['n'], message: `n must be at least two points for each of ${bands} bands: got ${n}` }
      : undefined,
  generate({ n, noise: sd, bands }, random): Dataset {
    const x = new Float64Array(3 * n);
    const labels = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const c = i % bands;
      // From 1.5 pi to 4.5 pi, as the roll is drawn everywhere; the radius is the angle, over its largest.
      const share = (c + random.uniform()) / bands;
      const angle = 1.5 * Math.PI * (1 + 2 * share);
      const radius = angle / (4.5 * Math.PI);
      x[3 * i] = radius * Math.cos(angle) + sd * random.normal();
      x[3 * i + 1] = 2 * random.uniform() - 1 + sd * random.normal();
      x[3 * i + 2] = radius * Math.sin(angle) + sd * random.normal();
      labels[i] = c;
    }
    const classes = Array.from({ length: bands }, (_, c) => String(c));
    return { x, labels, classes, features: ['x1', 'x2', 'x3'] };
  },
});

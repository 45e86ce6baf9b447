import { count, defineGenerator, noise } from './dataset';

export const regression = defineGenerator({
  id: 'regression',
  numeric: true,
  title: 'Noisy wave',
  summary: 'A number to predict in place of a class: y = sin(2 pi f x) with noise, x even over [0, 1].',
  source: 'Bishop, Pattern Recognition and Machine Learning, 2006, section 1.1',
  parameters: {
    n: { ...count, summary: 'number of points' },
    noise: { ...noise(0.1), summary: 'standard deviation of the noise on y' },
    frequency: {
      title: 'Frequency',
      symbol: 'f',
      summary: 'waves over the range of x',
      default: 1,
      min: 0.1,
      max: 20,
      slider: [0.5, 5],
      unit: 'waves',
    },
  },
  generate({ n, noise: sd, frequency }, random) {
    const [x, values] = [new Float64Array(n), new Float64Array(n)];
    for (let i = 0; i < n; i++) {
      x[i] = random.uniform();
      values[i] = Math.sin(2 * Math.PI * frequency * x[i]!) + sd * random.normal();
    }
    return { x, labels: new Int32Array(n), classes: [], targets: { values, names: ['y'] }, features: ['x'] };
  },
});

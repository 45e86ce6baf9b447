import assert from 'node:assert/strict';
import { principalAxes, project, symmetricEigen } from '../../../src/core/math/pca';
import { Random } from '../../../src/core/math/random';

const close = (actual: number, expected: number, tolerance: number, what = '') =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual} where ${expected} is expected`);

describe('principal axes', () => {
  it('the eigenvectors of a symmetric matrix rebuild it', () => {
    const d = 7;
    const random = Random.stream(1, 'noise');
    const matrix = new Float64Array(d * d);
    for (let i = 0; i < d; i++) for (let j = 0; j <= i; j++) matrix[i * d + j] = matrix[j * d + i] = random.normal();
    const { values, vectors } = symmetricEigen(matrix, d);
    for (let i = 0; i < d; i++)
      for (let j = 0; j < d; j++) {
        let [sum, product] = [0, 0];
        for (let k = 0; k < d; k++) {
          sum += vectors[i * d + k]! * values[k]! * vectors[j * d + k]!;
          product += vectors[k * d + i]! * vectors[k * d + j]!;
        }
        close(sum, matrix[i * d + j]!, 1e-13, `entry ${i} ${j}`);
        close(product, i === j ? 1 : 0, 1e-13, `product ${i} ${j}`);
      }
  });

  it('finds the directions and shares of a stretched cloud', () => {
    const random = Random.stream(2, 'noise');
    const points = new Float64Array(3 * 5000);
    for (let i = 0; i < points.length; i += 3) {
      const [a, b, c] = [3 * random.normal(), random.normal(), 0.1 * random.normal()];
      points.set([5 + a * 0.6 - b * 0.8, a * 0.8 + b * 0.6, c], i);
    }
    const { mean, axes, shares } = principalAxes(points, 3);
    close(mean[0]!, 5, 0.1);
    [0.6, 0.8, 0].forEach((value, i) => close(axes[i]!, value, 0.02, `axis ${i}`));
    close(shares[0]!, 9 / 10.01, 0.01);
    close(shares[1]!, 1 / 10.01, 0.01);
  });

  for (const k of [3, 4, 10])
    it(`the ${k} corners of a one-hot embedding become a regular polygon`, () => {
      const eye = Float64Array.from({ length: k * k }, (_, i) => (i % (k + 1) ? 0 : 1));
      const projection = principalAxes(eye, k);
      const corners = project(eye, projection);
      const radius = Math.sqrt(2 / k);
      for (let i = 0; i < k; i++) {
        close(corners[2 * i]!, radius * Math.cos((2 * Math.PI * i) / k), 1e-12, `x ${i}`);
        close(corners[2 * i + 1]!, radius * Math.sin((2 * Math.PI * i) / k), 1e-12, `y ${i}`);
        close(projection.shares[0]!, 1 / (k - 1), 1e-12, 'share');
      }
    });

  it('two classes lie on a line; one dimension and equal points do no harm', () => {
    const two = principalAxes(Float64Array.of(1, 0, 0, 1), 2);
    assert.deepEqual([...two.shares].map((share) => Math.round(share * 1e9) / 1e9), [1, 0]); // prettier-ignore
    const line = project(Float64Array.of(1, 0, 0, 1), two);
    close(Math.abs(line[0]! - line[2]!), Math.SQRT2, 1e-15);
    close(line[1]!, line[3]!, 1e-15);
    const one = principalAxes(Float64Array.of(1, 2, 3), 1);
    assert.deepEqual([...one.axes], [1, 0]);
    assert.ok(principalAxes(Float64Array.of(2, 2, 2, 2), 2).axes.every(Number.isFinite));
  });
});

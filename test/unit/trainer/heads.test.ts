import assert from 'node:assert/strict';
import path from 'node:path';
import { priorKl } from '../../../src/core/process/marginals';
import { kernels, startBackend } from '../../../src/trainer/engine/backend';
import { ints, type HeapArray } from '../../../src/trainer/engine/heap';
import { medoidTable, oneHotTable, orthogonalTable } from '../../../src/trainer/training/heads/embedding';
import { Head } from '../../../src/trainer/training/heads/head';
import { totalSize } from '../../../src/trainer/network/tensors';
import {
  outputCount,
  headParameterShapes,
  initialHead,
  type HeadShape,
} from '../../../src/trainer/training/heads/layout';
import { Objective } from '../../../src/trainer/training/heads/objective';
import { nearestEmbeddingReadout, LinearReadout } from '../../../src/trainer/training/heads/readout';
import { block, close, random, release } from './kernelSupport';

const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => Array.from(a).reduce((sum, v, k) => sum + v * b[k]!, 0);
const row = (values: ArrayLike<number>, i: number, m: number) => Array.from(values).slice(i * m, (i + 1) * m);
const logSum = (values: number[]) => Math.log(values.reduce((sum, v) => sum + Math.exp(v), 0));

/** What the terms are taken of: the head's numbers and the answers, and what stays as it is. */
interface Point {
  readonly table: Float64Array;
  readonly kernel: Float64Array;
  readonly bias: Float64Array;
  readonly answers: Float64Array;
}
interface Frozen {
  readonly labels: Int32Array;
  readonly weights: Float32Array;
  readonly noise: Float32Array;
  readonly logSnr: number;
  readonly eta: number;
}

/** eta E[w |u - z_T|^2] - log p(y | .9 z_T + noise) + KL, in double precision, written from its definition. */
function objectiveOf(shape: HeadShape, at: Point, { labels, weights, noise, logSnr, eta }: Frozen): number {
  const { classes, dimension: m, prediction, readout } = shape;
  let total = 0;
  labels.forEach((label, i) => {
    const target = row(at.table, label, m);
    const answer = row(at.answers, i, outputCount(shape));
    const shares = answer.map((v) => Math.exp(v - logSum(answer)));
    const mixed = target.map((_, j) => shares.reduce((sum, share, c) => sum + share * at.table[c * m + j]!, 0));
    const u = prediction === 'softmax' ? mixed : answer;
    const gap = u.map((v, j) => v - target[j]!);
    const z = target.map((v, j) => 0.9 * v + noise[i * m + j]!);
    const logits = Array.from({ length: classes }, (_, c) => {
      const away = z.map((v, j) => v - at.table[c * m + j]!);
      if (readout === 'nearest') return -dot(away, away) / 2;
      return at.bias[c]! + z.reduce((sum, v, j) => sum + v * at.kernel[j * classes + c]!, 0);
    });
    const kl = priorKl(logSnr, Float64Array.from(target), m)[0]!;
    total += eta * weights[i]! * dot(gap, gap) + logSum(logits) - logits[label]! + kl;
  });
  return total / labels.length;
}

describe('trainer: embeddings, predictions and read-outs', function () {
  this.timeout(60_000);
  before(() => startBackend(path.resolve('dist')));
  afterEach(() => release());

  const shapes = [1, 3, 7].flatMap((classes) =>
    [2, 5, 20].flatMap((dimension) =>
      (['regression', 'softmax'] as const).flatMap((prediction) =>
        (['nearest', 'linear'] as const).map((readout): HeadShape => ({
          classes,
          dimension,
          embedding: 'learned',
          prediction,
          readout,
        })),
      ),
    ),
  );

  for (const shape of shapes) {
    const { classes, dimension: m, prediction, readout } = shape;
    it(`has the gradients of central differences: ${classes} classes, m ${m}, ${prediction}, ${readout}`, () => {
      const [size, gap] = [5, 3];
      const labels = ints(size);
      labels.values.set(Array.from({ length: size }, (_, i) => (2 * i) % classes));
      const width = outputCount(shape);
      // the head begins at an odd place of the vector, as it does behind a network
      const parameters = block(gap + totalSize(headParameterShapes(shape)));
      parameters.values.set(random(totalSize(headParameterShapes(shape)), 1), gap);
      const head = new Head(shape, parameters.address, gap, undefined);
      const objective = new Objective(head, size);
      const frozen: Frozen = {
        labels: labels.values.slice(),
        weights: random(size, 2).map(Math.abs),
        noise: random(size * m, 3).map((v) => v / 3),
        logSnr: -1,
        eta: 0.7,
      };
      const [answers, weights] = [block(random(size * width, 4)), block(frozen.weights.map((v) => 0.7 * v))];
      const targets = block(size * m);
      kernels().gather(head.table, labels.address, size, m, targets.address, m);
      const z = block(targets.values.map((v, k) => Math.fround(0.9 * v + frozen.noise[k]!)));
      const [errors, gradients] = [block(size), block(parameters.length)];

      objective.reset();
      let loss = objective.squaredError(answers.address, targets.address, weights.address, errors.address);
      const inAnswers = block(size * width);
      const copy = (from: number, to: HeapArray) => to.values.set(new Float32Array(to.values.buffer, from, to.length));
      copy(objective.outputGradient(), inAnswers);
      objective.addTargetGradient(labels.values);
      const { value, gradient } = objective.crossEntropy(z.address, labels.address);
      objective.addTableGradient(labels.values, gradient, 0.9);
      loss += value + objective.priorKl(labels.values, -1);
      objective.writeGradients(gradients.address);

      const point = (): Point => {
        const part = (name: string) => {
          const from = head.places[name];
          const length = headParameterShapes(shape)[name]?.reduce((product, n) => product * n, 1) ?? 0;
          return Float64Array.from(from === undefined ? [] : parameters.values.subarray(from, from + length));
        };
        const [table, kernel, bias] = ['embedding.table', 'readout.kernel', 'readout.bias'].map(part);
        return { table: table!, kernel: kernel!, bias: bias!, answers: Float64Array.from(answers.values) };
      };
      assert.ok(Math.abs(loss - objectiveOf(shape, point(), frozen)) < 1e-5 * Math.abs(loss));
      const truth = (key: keyof Point) =>
        point()[key].map((_, k) => {
          const shifted = (delta: number) => {
            const moved = point();
            moved[key][k] = moved[key][k]! + delta;
            return objectiveOf(shape, moved, frozen);
          };
          return (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
        });
      close(inAnswers.values, truth('answers'), 1e-3, 'answers');
      const found = Float64Array.of(...truth('table'), ...truth('kernel'), ...truth('bias'));
      // the slope of one class alone is nothing but rounding
      const floor = gradients.values.map((v) => (Math.abs(v) < 1e-6 ? 0 : v)).subarray(gap);
      close(floor, found.map((v) => (Math.abs(v) < 1e-6 ? 0 : v)), 1e-3, 'parameters'); // prettier-ignore
      for (const one of [labels, head, objective]) one.dispose();
    });
  }

  it('takes as prototypes the rows nearest to the mean of their class, which are medoids', () => {
    const [n, d, classes] = [60, 3, 4];
    const x = random(n * d, 5);
    const labels = Int32Array.from({ length: n }, (_, i) => i % 3); // the last class has no row
    const table = medoidTable({ x: { rows: (i, k) => x.subarray(i * d, k * d) }, labels, n }, classes, d);
    for (let c = 0; c < 3; c++) {
      const rows = Array.from(labels.keys()).filter((i) => labels[i] === c);
      const away = (i: number, k: number) => dot(...gapOf(row(x, i, d), row(x, k, d)));
      const sums = rows.map((i) => rows.reduce((sum, k) => sum + away(i, k), 0));
      close(row(table, c, d), row(x, rows[sums.indexOf(Math.min(...sums))]!, d), 0, `class ${c}`);
    }
    assert.deepEqual(row(table, 3, d), [0, 0, 0]);
  });

  it('initialises a learned table with orthonormal rows, or with orthonormal columns where there are more classes', () => {
    for (const [classes, m] of [
      [3, 7],
      [7, 7],
      [10, 2],
      [7, 3],
      [1, 2],
    ] as const) {
      const table = orthogonalTable(classes, m, 4);
      const wide = classes <= m;
      const line = (i: number) =>
        wide ? row(table, i, m) : Array.from({ length: classes }, (_, c) => table[c * m + i]!);
      for (let i = 0; i < Math.min(classes, m); i++)
        for (let j = 0; j <= i; j++)
          assert.ok(Math.abs(dot(line(i), line(j)) - (i === j ? Math.max(1, classes / m) : 0)) < 1e-6);
      assert.deepEqual(table, orthogonalTable(classes, m, 4));
      assert.notDeepEqual(table, orthogonalTable(classes, m, 5));
    }
  });

  it('reads the nearest embedding, and reads the same with an initial linear read-out', () => {
    const [classes, m, n] = [5, 3, 40];
    const table = random(classes * m, 1);
    const states = random(n * m, 2);
    const nearest = Array.from({ length: n }, (_, i) => {
      const away = Array.from({ length: classes }, (_, c) => dot(...gapOf(row(states, i, m), row(table, c, m))));
      return away.indexOf(Math.min(...away));
    });
    const base = { classes, dimension: m, embedding: 'prototype', prediction: 'regression' } as const;
    for (const readout of ['nearest', 'linear'] as const) {
      const shape: HeadShape = { ...base, readout };
      const { 'readout.kernel': kernel, 'readout.bias': bias } = initialHead(shape, table);
      const map = kernel && bias ? { kernel, bias } : nearestEmbeddingReadout(shape, table);
      const { labels, probabilities } = new LinearReadout(map).read(states);
      assert.deepEqual([...labels], nearest);
      for (let i = 0; i < n; i++) {
        const shares = row(probabilities, i, classes);
        assert.ok(Math.abs(shares.reduce((sum, v) => sum + v, 0) - 1) < 1e-6);
        assert.equal(shares.indexOf(Math.max(...shares)), nearest[i]);
      }
    }
    const onehot: HeadShape = { classes: 3, dimension: 3, embedding: 'one-hot', prediction: 'regression', readout: 'nearest' }; // prettier-ignore
    const { probabilities } = new LinearReadout(nearestEmbeddingReadout(onehot, oneHotTable(3))).read([0.5, 0.5, 0]);
    close(probabilities, [1, 1, Math.exp(-5)].map((v) => v / (2 + Math.exp(-5))), 1e-6, 'half way'); // prettier-ignore
  });
});

/** The difference of two rows, twice. */
const gapOf = (one: number[], other: number[]): [number[], number[]] => {
  const gap = one.map((v, k) => v - other[k]!);
  return [gap, gap];
};

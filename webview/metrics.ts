import type { Metrics } from '../src/protocol/trainer';

/** Metrics without a row. */
export const EMPTY: Metrics = {
  step: new Int32Array(0),
  loss: new Float64Array(0),
  gradientNorm: new Float64Array(0),
  bins: new Float32Array(0),
  evaluatedAt: new Int32Array(0),
  trainAccuracy: new Float64Array(0),
  testAccuracy: new Float64Array(0),
};

/** The rows of one, then those of another. */
export function joined(one: Metrics, other: Metrics): Metrics {
  const f64 = (key: 'loss' | 'gradientNorm' | 'trainAccuracy' | 'testAccuracy') =>
    Float64Array.from([...one[key], ...other[key]]);
  return {
    step: Int32Array.from([...one.step, ...other.step]),
    loss: f64('loss'),
    gradientNorm: f64('gradientNorm'),
    bins: Float32Array.from([...one.bins, ...other.bins]),
    evaluatedAt: Int32Array.from([...one.evaluatedAt, ...other.evaluatedAt]),
    trainAccuracy: f64('trainAccuracy'),
    testAccuracy: f64('testAccuracy'),
  };
}

/** Rows that came one by one, with those before them out of rows read later. */
export function completed(came: Metrics, read: Metrics): Metrics {
  const [rows, evaluations] = [came.step[0] ?? Infinity, came.evaluatedAt[0] ?? Infinity];
  const n = read.step.filter((step) => step < rows).length;
  const m = read.evaluatedAt.filter((step) => step < evaluations).length;
  const before = {
    step: read.step.slice(0, n),
    loss: read.loss.slice(0, n),
    gradientNorm: read.gradientNorm.slice(0, n),
    bins: read.bins.slice(0, n * (read.bins.length / (read.step.length || 1))),
    evaluatedAt: read.evaluatedAt.slice(0, m),
    trainAccuracy: read.trainAccuracy.slice(0, m),
    testAccuracy: read.testAccuracy.slice(0, m),
  };
  return joined(before, came);
}

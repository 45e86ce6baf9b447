import type { Metrics } from '../protocol/trainer';
import { BINS } from './loss';

/** Sums the metrics of each step into rows of `interval` steps, and hands out the rows that are new. */
export class Recorder {
  private rows: Metrics = emptyMetrics();
  private readonly sums = new Float64Array(2 + 2 * BINS);
  private count = 0;

  constructor(private readonly interval: number) {}

  /** Adds a step: its loss, the gradient's norm, and each row's squared error with its bin of log-SNR. */
  add(step: number, loss: number, norm: number, errors: ArrayLike<number>, bins: Int32Array): void {
    const { sums } = this;
    sums[0] = sums[0]! + loss;
    sums[1] = sums[1]! + norm;
    for (let i = 0; i < bins.length; i++) {
      const at = 2 + 2 * bins[i]!;
      sums[at] = sums[at]! + errors[i]!;
      sums[at + 1] = sums[at + 1]! + 1;
    }
    this.count++;
    if (step % this.interval === 0) this.flush(step);
  }

  /** Closes the row that is open, if it has a step. */
  flush(step: number): void {
    const { sums, count } = this;
    if (!count) return;
    const means = Float32Array.from({ length: BINS }, (_, k) => sums[2 + 2 * k]! / sums[3 + 2 * k]!);
    const row = { ...emptyMetrics(), step: [step], loss: [sums[0]! / count], gradientNorm: [sums[1]! / count] };
    this.rows = joinMetrics(this.rows, asArrays({ ...row, bins: means }));
    sums.fill(0);
    this.count = 0;
  }

  /** Adds the accuracy (shares, 0 to 1) on train and test rows after a step. */
  evaluate(step: number, train: number, test: number): void {
    const row = { ...emptyMetrics(), evaluatedAt: [step], trainAccuracy: [train], testAccuracy: [test] };
    this.rows = joinMetrics(this.rows, asArrays(row));
  }

  /** The rows since the last call. */
  take(): Metrics {
    const { rows } = this;
    this.rows = emptyMetrics();
    return rows;
  }
}

/** No rows at all. */
export const emptyMetrics = (): Metrics =>
  asArrays({ step: [], loss: [], gradientNorm: [], bins: [], evaluatedAt: [], trainAccuracy: [], testAccuracy: [] });

type Loose = { readonly [K in keyof Metrics]: ArrayLike<number> };

const asArrays = (rows: Loose): Metrics => ({
  step: Int32Array.from(rows.step),
  loss: Float64Array.from(rows.loss),
  gradientNorm: Float64Array.from(rows.gradientNorm),
  bins: Float32Array.from(rows.bins),
  evaluatedAt: Int32Array.from(rows.evaluatedAt),
  trainAccuracy: Float64Array.from(rows.trainAccuracy),
  testAccuracy: Float64Array.from(rows.testAccuracy),
});

/** The rows of one after those of the other. */
export function joinMetrics(first: Metrics, second: Metrics): Metrics {
  const join = (key: keyof Metrics) => [...first[key], ...second[key]];
  return asArrays({
    step: join('step'),
    loss: join('loss'),
    gradientNorm: join('gradientNorm'),
    bins: join('bins'),
    evaluatedAt: join('evaluatedAt'),
    trainAccuracy: join('trainAccuracy'),
    testAccuracy: join('testAccuracy'),
  });
}

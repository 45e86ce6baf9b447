import { joinMetrics, metricsOf, termKeys, type Metrics, type Scores, type Terms } from '../protocol/metrics';
import { BINS } from './loss';

/** Sums the metrics of each step into rows of `interval` steps, and hands out the rows that are new. */
export class Recorder {
  private rows: Metrics = metricsOf({});
  private readonly sums = new Float64Array(2 + 2 * BINS);
  private readonly terms = new Map<keyof Terms, number>();
  private count = 0;

  constructor(private readonly interval: number) {}

  /** Adds a step: its loss, the gradient's norm, each row's squared error with its bin of log-SNR, and the loss's terms. */
  add(step: number, loss: number, norm: number, errors: ArrayLike<number>, bins: Int32Array, terms: Terms = {}): void {
    const { sums } = this;
    for (const key of termKeys)
      if (terms[key] !== undefined) this.terms.set(key, (this.terms.get(key) ?? 0) + terms[key]);
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
    const terms = Object.fromEntries([...this.terms].map(([key, sum]) => [key, [sum / count]]));
    const row = { step: [step], loss: [sums[0]! / count], gradientNorm: [sums[1]! / count], bins: means, ...terms };
    this.rows = joinMetrics(this.rows, metricsOf(row));
    sums.fill(0);
    this.terms.clear();
    this.count = 0;
  }

  /** Adds the scores after a step. */
  evaluate(step: number, scores: Scores): void {
    const row = Object.fromEntries(Object.entries(scores).map(([key, value]) => [key, [value as number]]));
    this.rows = joinMetrics(this.rows, metricsOf({ evaluatedAt: [step], ...row }));
  }

  /** The rows since the last call. */
  take(): Metrics {
    const { rows } = this;
    this.rows = metricsOf({});
    return rows;
  }
}

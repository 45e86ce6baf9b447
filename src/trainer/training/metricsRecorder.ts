import { joinMetrics, metricsOf, termKeys, type Metrics, type Scores, type Terms } from '../../core/runs/metrics';
import { BINS } from '../../core/runs/metricsColumns';
import type { ModelTraining } from './models/modelTraining';

/** What is recorded of a step. */
export type TrainingStep = Pick<
  ModelTraining,
  'step' | 'loss' | 'gradientNorm' | 'errors' | 'bins' | 'rowWeights' | 'terms'
>;

/** Sums of one bin of log-SNR. */
interface BinSums {
  error: number;
  loss: number;
  rows: number;
}

/** Averages the metrics of the steps over rows of `interval` steps, and hands out the rows that are new. */
export class MetricsRecorder {
  private rows: Metrics = metricsOf({});
  private sums = emptySums();

  constructor(private readonly interval: number) {}

  /** Adds the last step of a training. */
  add({ step, loss, gradientNorm, errors, bins, rowWeights, terms = {} }: TrainingStep): void {
    const { sums } = this;
    for (const key of termKeys) {
      const term = terms[key];
      if (term !== undefined) sums.terms.set(key, (sums.terms.get(key) ?? 0) + term);
    }
    let total = 0;
    let squares = 0;
    for (let i = 0; i < bins.length; i++) {
      const bin = sums.bins[bins[i]!]!;
      const rowLoss = (rowWeights[i] ?? NaN) * errors[i]!;
      bin.error += errors[i]!;
      bin.loss += rowLoss;
      bin.rows += 1;
      total += rowLoss;
      squares += rowLoss * rowLoss;
    }
    const n = bins.length;
    sums.loss += loss;
    sums.gradientNorm += gradientNorm;
    sums.variance += (squares - (total * total) / n) / (n - 1);
    sums.rows += n;
    sums.steps += 1;
    if (step % this.interval === 0) this.flush(step);
  }

  /** Ends the current row, if it has a step. */
  flush(step: number): void {
    const { loss, gradientNorm, variance, terms, bins, rows, steps } = this.sums;
    if (!steps) return;
    const byBin = (of: (bin: BinSums) => number) => Float32Array.from(bins, of);
    const row = metricsOf({
      step: [step],
      loss: [loss / steps],
      gradientNorm: [gradientNorm / steps],
      variance: [variance / steps],
      ...Object.fromEntries([...terms].map(([key, sum]) => [key, [sum / steps]])),
      bins: byBin((bin) => bin.error / bin.rows),
      contributions: byBin((bin) => bin.loss / rows),
      shares: byBin((bin) => bin.rows / rows),
    });
    this.rows = joinMetrics(this.rows, row);
    this.sums = emptySums();
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

/** Sums over no steps; `rows` counts those of all batches. */
const emptySums = () => ({
  loss: 0,
  gradientNorm: 0,
  variance: 0,
  terms: new Map<keyof Terms, number>(),
  bins: Array.from({ length: BINS }, (): BinSums => ({ error: 0, loss: 0, rows: 0 })),
  rows: 0,
  steps: 0,
});

import { joinMetrics, metricsOf, termKeys, type Metrics, type Scores } from '../../core/runs/metrics';
import type { Tensors } from '../network/tensors';
import type { ModelTraining } from './models/modelTraining';
import { emptySums, endRows, evaluationRow, metricsTensors, recordedMetrics, rowOf } from './recordedMetrics';

/** What is recorded of a step. */
export type TrainingStep = Pick<
  ModelTraining,
  'step' | 'loss' | 'gradientNorm' | 'errors' | 'bins' | 'rowWeights' | 'terms'
>;

/** Averages the metrics of the steps over rows of `interval` steps, keeps them, and hands out those that are new. */
export class MetricsRecorder {
  /** The rows that have ended, and those of them that are new. */
  private rows: Metrics;
  private fresh = metricsOf({});
  private sums = emptySums();
  private end: Scores | undefined;

  /** `resume` is a state to go on from. */
  constructor(
    private readonly interval: number,
    resume: Tensors = {},
  ) {
    const before = recordedMetrics(resume);
    this.rows = before?.rows ?? metricsOf({});
    this.sums = before?.sums ?? emptySums();
  }

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
    if (step % this.interval) return;
    this.addRows(rowOf(step, sums));
    this.sums = emptySums();
  }

  /** Adds the scores after a step. */
  evaluate(step: number, scores: Scores): void {
    this.addRows(evaluationRow(step, scores));
  }

  /** Ends with the scores after the last step that was taken. A training that is resumed goes on without this end. */
  finish(step: number, scores: Scores): void {
    this.end = scores;
    this.fresh = joinMetrics(this.fresh, endRows(step, this.sums, scores));
  }

  /** The rows since the last call. */
  take(): Metrics {
    const { fresh } = this;
    this.fresh = metricsOf({});
    return fresh;
  }

  /** All that was measured, for a state to resume from. */
  state(): Tensors {
    return metricsTensors({ rows: this.rows, sums: this.sums, end: this.end });
  }

  private addRows(rows: Metrics): void {
    this.rows = joinMetrics(this.rows, rows);
    this.fresh = joinMetrics(this.fresh, rows);
  }
}

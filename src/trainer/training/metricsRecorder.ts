import { joinMetrics, metricsOf, termKeys, type Metrics, type Scores, type Terms } from '../../core/runs/metrics';
import { BINS } from '../../core/runs/metricsColumns';
import type { ModelTraining } from './models/modelTraining';

/** What of a training's last step is recorded. */
export type TrainingStep = Pick<
  ModelTraining,
  'step' | 'loss' | 'gradientNorm' | 'errors' | 'bins' | 'rowWeights' | 'terms'
>;

/** Sums the metrics of each step into rows of `interval` steps, and hands out the rows that are new. */
export class MetricsRecorder {
  private rows: Metrics = metricsOf({});
  /** Loss, gradient's norm and variance; then for each bin its rows' errors, their losses, and their count. */
  private readonly sums = new Float64Array(3 + 3 * BINS);
  /** Rows of all batches. */
  private samples = 0;
  private readonly terms = new Map<keyof Terms, number>();
  private count = 0;

  constructor(private readonly interval: number) {}

  /** Adds the last step of a training. */
  add({ step, loss, gradientNorm, errors, bins, rowWeights, terms = {} }: TrainingStep): void {
    const { sums } = this;
    for (const key of termKeys)
      if (terms[key] !== undefined) this.terms.set(key, (this.terms.get(key) ?? 0) + terms[key]);
    sums[0] = sums[0]! + loss;
    sums[1] = sums[1]! + gradientNorm;
    let [total, squares] = [0, 0];
    for (let i = 0; i < bins.length; i++) {
      const at = 3 + 3 * bins[i]!;
      const loss = (rowWeights[i] ?? NaN) * errors[i]!;
      sums[at] = sums[at]! + errors[i]!;
      sums[at + 1] = sums[at + 1]! + loss;
      sums[at + 2] = sums[at + 2]! + 1;
      total += loss;
      squares += loss * loss;
    }
    const n = bins.length;
    sums[2] = sums[2]! + (squares - (total * total) / n) / (n - 1);
    this.samples += n;
    this.count++;
    if (step % this.interval === 0) this.flush(step);
  }

  /** Closes the row that is open, if it has a step. */
  flush(step: number): void {
    const { sums, count } = this;
    if (!count) return;
    const bins = (of: (error: number, loss: number, rows: number) => number) =>
      Float32Array.from({ length: BINS }, (_, k) => of(sums[3 + 3 * k]!, sums[4 + 3 * k]!, sums[5 + 3 * k]!));
    const terms = Object.fromEntries([...this.terms].map(([key, sum]) => [key, [sum / count]]));
    const [loss, gradientNorm, variance] = sums.subarray(0, 3).map((sum) => sum / count);
    const row = { step: [step], loss: [loss!], gradientNorm: [gradientNorm!], variance: [variance!], ...terms };
    const byBin = {
      bins: bins((error, _, rows) => error / rows),
      contributions: bins((_, loss) => loss / this.samples),
      shares: bins((_, _loss, rows) => rows / this.samples),
    };
    this.rows = joinMetrics(this.rows, metricsOf({ ...row, ...byBin }));
    sums.fill(0);
    this.samples = 0;
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

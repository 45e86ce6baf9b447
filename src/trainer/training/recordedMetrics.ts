import { joinMetrics, metricsOf, termKeys, type Metrics, type Scores, type Terms } from '../../core/runs/metrics';
import { BINS, binKeys, keysOf, scoreColumns } from '../../core/runs/metricsColumns';
import type { Tensor, Tensors } from '../network/tensors';

/** Sums of one bin of log-SNR. */
interface BinSums {
  error: number;
  loss: number;
  rows: number;
}

/** Sums over the steps of a row of metrics that has not ended; `rows` counts those of all batches. */
export interface RowSums {
  loss: number;
  gradientNorm: number;
  variance: number;
  rows: number;
  steps: number;
  readonly terms: Map<keyof Terms, number>;
  readonly bins: readonly BinSums[];
}

/** All that a training has measured: the rows that have ended, the open one, and the scores at its end. */
export interface RecordedMetrics {
  readonly rows: Metrics;
  readonly sums: RowSums;
  /** After the last step that was taken, over all train and test rows. A training that goes on has none. */
  readonly end?: Scores | undefined;
}

/** Sums over no steps. */
export const emptySums = (): RowSums => ({
  loss: 0,
  gradientNorm: 0,
  variance: 0,
  rows: 0,
  steps: 0,
  terms: new Map(),
  bins: Array.from({ length: BINS }, () => ({ error: 0, loss: 0, rows: 0 })),
});

/** The row of sums that end with a step; none where they are over no steps. */
export function rowOf(step: number, { loss, gradientNorm, variance, terms, bins, rows, steps }: RowSums): Metrics {
  if (!steps) return metricsOf({});
  const byBin = (part: (bin: BinSums) => number, count: (bin: BinSums) => number) =>
    Float32Array.from(bins, (bin) => (count(bin) ? part(bin) / count(bin) : NaN));
  return metricsOf({
    step: [step],
    loss: [loss / steps],
    gradientNorm: [gradientNorm / steps],
    variance: [variance / steps],
    ...Object.fromEntries([...terms].map(([key, sum]) => [key, [sum / steps]])),
    bins: byBin(({ error }) => error, (bin) => bin.rows), // prettier-ignore
    contributions: byBin(({ loss: part }) => part, () => rows), // prettier-ignore
    shares: byBin((bin) => bin.rows, () => rows), // prettier-ignore
  });
}

/** The row of an evaluation. */
export const evaluationRow = (step: number, scores: Scores): Metrics =>
  metricsOf({
    evaluatedAt: [step],
    ...Object.fromEntries(Object.entries(scores).map(([key, value]) => [key, [value as number]])),
  });

/** The rows as a person sees them after a step: where the training has ended, with the open row and the last scores. */
export const shownMetrics = (step: number, { rows, sums, end }: RecordedMetrics): Metrics =>
  end ? joinMetrics(rows, endRows(step, sums, end)) : rows;

/** The rows that only the end of a training has. */
export const endRows = (step: number, sums: RowSums, end: Scores): Metrics =>
  joinMetrics(rowOf(step, sums), evaluationRow(step, end));

/** The names of what a state holds of the metrics. */
const [ROWS, SUMS, BIN_SUMS, END] = ['metrics.', 'open.sums', 'open.bins', 'end.scores'];
const scoreKeys = keysOf(scoreColumns) as (keyof Scores)[];

/** All that was measured, for a state. What is not a number has the same bits everywhere. */
export function metricsTensors({ rows, sums, end }: RecordedMetrics): Tensors {
  const { loss, gradientNorm, variance, rows: count, steps, terms, bins } = sums;
  const columns = Object.entries(rows).map(([key, values]: [string, Metrics[keyof Metrics]]) => {
    const shape = (binKeys as readonly string[]).includes(key) ? [values.length / BINS, BINS] : [values.length];
    return [ROWS + key, { shape, values: plainNaN(values) }] as const;
  });
  const open = [loss, gradientNorm, variance, count, steps, ...termKeys.map((key) => terms.get(key) ?? NaN)];
  return {
    ...Object.fromEntries(columns),
    [SUMS]: doubles(open),
    [BIN_SUMS]: doubles(bins.flatMap((bin) => [bin.error, bin.loss, bin.rows]), [BINS, 3]), // prettier-ignore
    ...(end && { [END]: doubles(scoreKeys.map((key) => end[key] ?? NaN)) }),
  };
}

/** What `metricsTensors` put into a state; undefined where there is nothing of it, as in older runs. */
export function recordedMetrics(state: Tensors): RecordedMetrics | undefined {
  const [sums, bins, end] = [state[SUMS]?.values, state[BIN_SUMS]?.values, state[END]?.values];
  if (!sums || !bins) return undefined;
  const columns = Object.keys(metricsOf({})).map((key) => [key, state[ROWS + key]?.values ?? []] as const);
  const [loss, gradientNorm, variance, rows, steps, ...terms] = Array.from(sums) as [number, number, number, number, number]; // prettier-ignore
  const named = <K>(keys: readonly K[], values: ArrayLike<number>) =>
    keys.flatMap((key, i) => (Number.isNaN(values[i] ?? NaN) ? [] : [[key, values[i]!] as const]));
  return {
    rows: metricsOf(Object.fromEntries(columns)),
    sums: {
      ...{ loss, gradientNorm, variance, rows, steps },
      terms: new Map(named(termKeys, terms)),
      bins: Array.from({ length: BINS }, (_, b) => ({
        error: bins[3 * b]!,
        loss: bins[3 * b + 1]!,
        rows: bins[3 * b + 2]!,
      })),
    },
    ...(end && { end: Object.fromEntries(named(scoreKeys, end)) }),
  };
}

/** Metrics that were read from a table, as if a training had just measured them. */
export const recordedRows = (rows: Metrics): RecordedMetrics => ({ rows, sums: emptySums() });

const doubles = (values: readonly number[], shape: readonly number[] = [values.length]): Tensor => ({
  shape,
  values: plainNaN(Float64Array.from(values)),
});

/** A copy in which every NaN has the same bits: a processor makes several kinds of it. */
function plainNaN<T extends Float64Array | Float32Array | Int32Array>(values: T): T {
  const copy = values.slice() as T;
  if (copy instanceof Int32Array) return copy;
  const bits = new Uint32Array(copy.buffer);
  const words = copy.BYTES_PER_ELEMENT / 4;
  copy.forEach((value, i) => {
    if (!Number.isNaN(value)) return;
    bits.fill(0, words * i, words * (i + 1));
    bits[words * (i + 1) - 1] = words === 2 ? 0x7ff80000 : 0x7fc00000; // the high word comes last
  });
  return copy;
}

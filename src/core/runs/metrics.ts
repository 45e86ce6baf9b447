/** How a model does on the rows of both parts; absent, or NaN in a table, where it was not measured or does not apply. */
export interface Scores {
  /** Shares of rows labelled right, 0 to 1. */
  readonly trainAccuracy?: number | undefined;
  readonly testAccuracy?: number | undefined;
  /** Of numbers predicted: the root mean square error in the targets' own units, over all rows and targets. */
  readonly trainRmse?: number | undefined;
  readonly testRmse?: number | undefined;
  /** Of numbers predicted: 1 less the squared error over that of the part's own mean, averaged over the targets. */
  readonly trainR2?: number | undefined;
  readonly testR2?: number | undefined;
}

const scoreKeys = ['trainAccuracy', 'testAccuracy', 'trainRmse', 'testRmse', 'trainR2', 'testR2'] as const;
export const termKeys = ['denoising', 'crossEntropy', 'kl'] as const;

/** The terms of an objective, before eta; those that it does not have are left out. */
export type Terms = Readonly<Partial<Record<(typeof termKeys)[number], number>>>;

/** What is measured at a row of steps, one number each. */
const rowKeys = ['loss', 'gradientNorm', 'variance', ...termKeys] as const;

/** What is measured at a row of steps by equal bins of log-SNR over the window. */
const binKeys = ['bins', 'contributions', 'shares'] as const;

/** New rows of a run's metrics; each row is the mean over the steps since the row before. */
export interface Metrics extends Readonly<Record<(typeof scoreKeys)[number], Float64Array>> {
  /** The last step of each row, from 1. */
  readonly step: Int32Array;
  /** The whole objective: for NoProp-CT, eta E[1/2 min(SNR', cap) |u - z_T|^2] and what there is of the terms below. */
  readonly loss: Float64Array;
  /** Euclidean norm of the gradient over all parameters. */
  readonly gradientNorm: Float64Array;
  /** The variance over the rows of a batch of 1/2 SNR' |u - z_T|^2, the loss of one row with its weight. */
  readonly variance: Float64Array;
  /** The terms of the objective, before eta; NaN where the model has no such term. */
  readonly denoising: Float64Array;
  readonly crossEntropy: Float64Array;
  readonly kl: Float64Array;
  /** rows x 12, row-major: mean |u - z_T|^2 by equal bins of log-SNR over the window; NaN where no sample fell. */
  readonly bins: Float32Array;
  /** rows x 12: what the bins add to the mean over rows of 1/2 SNR' |u - z_T|^2, and the shares of rows in them. */
  readonly contributions: Float32Array;
  readonly shares: Float32Array;
  /** The steps after which scores were measured. */
  readonly evaluatedAt: Int32Array;
}

type PartialColumns = { readonly [K in keyof Metrics]?: ArrayLike<number> };

/** Metrics of columns; those left out hold NaN at every row. */
export function metricsOf(columns: PartialColumns): Metrics {
  const { step = [], evaluatedAt = [] } = columns;
  const fill = <K extends keyof Metrics>(keys: readonly K[], rows: ArrayLike<number>) =>
    Object.fromEntries(
      keys.map((key) => [key, Float64Array.from(columns[key] ?? { length: rows.length }, (value) => value ?? NaN)]),
    ) as Record<K, Float64Array>;
  const [bins, contributions, shares] = binKeys.map((key) => Float32Array.from(columns[key] ?? [])) as [
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  return {
    bins,
    contributions,
    shares,
    step: Int32Array.from(step),
    evaluatedAt: Int32Array.from(evaluatedAt),
    ...fill(rowKeys, step),
    ...fill(scoreKeys, evaluatedAt),
  };
}

/** The rows of one after those of the other. */
export const joinMetrics = (first: Metrics, second: Metrics): Metrics =>
  metricsOf(
    Object.fromEntries(
      Object.keys(first).map((key) => [key, [...first[key as keyof Metrics], ...second[key as keyof Metrics]]]),
    ),
  );

/** The rows of a step and those after it. */
export function metricsFrom(first: number, metrics: Metrics): Metrics {
  if (first <= 0) return metrics;
  const before = (steps: Int32Array) => steps.length - steps.filter((step) => step >= first).length;
  const [rows, evaluations] = [before(metrics.step), before(metrics.evaluatedAt)];
  const width = metrics.bins.length / (metrics.step.length || 1);
  const starts: Partial<Record<keyof Metrics, number>> = {
    ...Object.fromEntries(['step', ...rowKeys].map((key) => [key, rows])),
    ...Object.fromEntries(binKeys.map((key) => [key, width * rows])),
  };
  const after = Object.entries(metrics).map(([key, values]: [string, Metrics[keyof Metrics]]) => [
    key,
    values.subarray(starts[key as keyof Metrics] ?? evaluations),
  ]);
  return Object.fromEntries(after) as Metrics;
}

/** Rows that came one by one, with those before them out of rows read later. */
export function completeMetrics(came: Metrics, read: Metrics): Metrics {
  const [rows, evaluations] = [came.step[0] ?? Infinity, came.evaluatedAt[0] ?? Infinity];
  const n = read.step.filter((step) => step < rows).length;
  const m = read.evaluatedAt.filter((step) => step < evaluations).length;
  const ends: Partial<Record<keyof Metrics, number>> = {
    ...Object.fromEntries(['step', ...rowKeys].map((key) => [key, n])),
    ...Object.fromEntries(binKeys.map((key) => [key, n * (read[key].length / (read.step.length || 1))])),
  };
  const before = Object.keys(read).map((key) => [
    key,
    Array.from(read[key as keyof Metrics]).slice(0, ends[key as keyof Metrics] ?? m),
  ]);
  return joinMetrics(metricsOf(Object.fromEntries(before) as PartialColumns), came);
}

/** The scores of an evaluation in metrics, the last one where no other is named. */
export const scoresAt = (metrics: Metrics, row = metrics.evaluatedAt.length - 1): Scores =>
  Object.fromEntries(
    scoreKeys.map((key) => [key, metrics[key][row]]).filter(([, value]) => !Number.isNaN(value ?? NaN)),
  ) as Scores;

const NAMES = {
  trainAccuracy: 'train accuracy',
  testAccuracy: 'test accuracy',
  trainR2: 'train R²',
  testR2: 'test R²',
  trainRmse: 'train RMSE',
  testRmse: 'test RMSE',
} as const;

/** The scores that were measured, each with its name and its key. */
export const namedScores = (scores: Scores): (readonly [name: string, value: number, key: keyof Scores])[] =>
  (Object.keys(NAMES) as (keyof Scores)[]).flatMap((key) => {
    const value = scores[key];
    return value === undefined || Number.isNaN(value) ? [] : [[NAMES[key], value, key] as const];
  });

/** The score by which runs are compared: the accuracy on test rows or, where numbers are predicted, R². */
export const testScore = ({ testAccuracy, testR2 }: Scores): { name: string; value: number } | undefined => {
  if (testAccuracy !== undefined) return { name: NAMES.testAccuracy, value: testAccuracy };
  return testR2 === undefined ? undefined : { name: NAMES.testR2, value: testR2 };
};

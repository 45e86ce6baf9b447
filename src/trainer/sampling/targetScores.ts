import type { TargetEvaluation } from '../../core/runs/evaluationResults';
import type { FeatureScales } from '../data/featureMatrix';

/** The share of labels that are right. */
export const accuracyOf = (labels: Int32Array, truth: Int32Array): number =>
  labels.reduce((right, label, i) => right + Number(label === truth[i]), 0) / labels.length;

/** Scaled targets (n x k) in their own units. */
export const unscaled = (scaled: ArrayLike<number>, { mean, scale }: FeatureScales): Float64Array =>
  Float64Array.from(scaled, (value, at) => value * scale[at % scale.length]! + mean[at % mean.length]!);

/** How well each target is predicted, from scaled predictions and truths (n x k). */
export function scoreTargets(
  names: readonly string[],
  states: ArrayLike<number>,
  targets: ArrayLike<number>,
  scales: FeatureScales,
): TargetEvaluation[] {
  const k = names.length;
  const [predictions, truths] = [unscaled(states, scales), unscaled(targets, scales)];
  return names.map((name, j) => {
    const column = (values: Float64Array) => values.filter((_, at) => at % k === j);
    const [predicted, truth] = [column(predictions), column(truths)];
    const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
    const squares = (of: (i: number) => number) => truth.reduce((sum, _, i) => sum + of(i) ** 2, 0);
    const error = squares((i) => predicted[i]! - truth[i]!);
    const r2 = 1 - error / squares((i) => truth[i]! - mean);
    return { name, rmse: Math.sqrt(error / truth.length), r2, truth, predicted };
  });
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The root mean square error over all targets, and the mean of their R^2. */
export const meanScores = (targets: readonly TargetEvaluation[]): { rmse: number; r2: number } => ({
  rmse: Math.sqrt(meanOf(targets.map(({ rmse }) => rmse ** 2))),
  r2: meanOf(targets.map(({ r2 }) => r2)),
});

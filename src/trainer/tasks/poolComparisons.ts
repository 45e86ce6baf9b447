import {
  bySeries,
  fitSlope,
  comparisonVerdict,
  byNorm,
  type ComparisonRow,
  type Errors,
  type NormId,
} from '../../core/compare';
import type { ComparedRow, Comparison } from '../../core/compare/comparison';
import { withMeanAccuracy } from './compareIntegrators';

/** States from the best to the worst. A pooled row has the worst state of any run. */
const STATES: readonly ComparisonRow['status'][] = ['done', 'unstable', 'diverged', 'refused'];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The root mean square of the values that are numbers. */
function rootMeanSquare(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length ? Math.sqrt(mean(known.map((value) => value ** 2))) : NaN;
}

const rootErrors = (errors: readonly Errors[]): Errors =>
  byNorm(({ id }) => rootMeanSquare(errors.map((one) => one[id])));

/**
 * The comparisons of several runs of one experiment as one. Errors are root mean squares over the runs, costs are means,
 * and all accuracies are kept. `wanted` is the number of runs that were to be compared.
 */
export function poolComparisons(
  comparisons: readonly Comparison[],
  aim: number,
  wanted = comparisons.length,
): Comparison {
  const [first] = comparisons as [Comparison, ...Comparison[]];
  if (wanted === 1) return first;
  const { norm } = first;
  const rows = first.rows.map((_, i) => poolRow(comparisons.map(({ rows }) => rows[i]!), norm)); // prettier-ignore
  const errors = rootErrors(comparisons.map(({ reference }) => reference.errors));
  const floor = Math.max(...comparisons.map(({ reference }) => reference.errors[norm]));
  return {
    problem: `${comparisons.length === 1 ? '1 run' : `${comparisons.length} runs`} of one experiment, errors being root mean squares over them. ${first.problem}`,
    reference: { ...first.reference, error: errors.rms, errors: { ...errors, [norm]: floor } },
    norm,
    rows,
    slopes: bySeries(rows).map((series) => fitSlope(series, floor, norm)),
    verdict: `${comparisons.length < wanted ? `Cancelled after ${comparisons.length} of ${wanted} runs; so far: ` : ''}${comparisonVerdict(rows, aim, { norm, floor })}`,
  };
}

function poolRow(rows: readonly ComparedRow[], norm: NormId): ComparedRow {
  const worst = rows.reduce((a, b) => (STATES.indexOf(b.status) > STATES.indexOf(a.status) ? b : a));
  const errors = rootErrors(rows.map((row) => row.errors));
  const failed = worst.status === 'diverged' || worst.status === 'refused';
  return {
    ...worst,
    steps: Math.round(mean(rows.map(({ steps }) => steps))),
    evaluations: Math.round(mean(rows.map(({ evaluations }) => evaluations))),
    milliseconds: mean(rows.map(({ milliseconds }) => milliseconds)),
    error: failed ? NaN : errors[norm],
    errors,
    nearFloor: rows.some(({ nearFloor }) => nearFloor),
    ...withMeanAccuracy(rows.some(({ accuracies }) => accuracies) ? rows.flatMap(({ accuracies = [] }) => accuracies) : undefined), // prettier-ignore
  };
}

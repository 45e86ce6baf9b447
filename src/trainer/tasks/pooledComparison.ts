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
import { withMeanAccuracy } from './compare';

/** States from the best to the worst: what became of a row in any run is told. */
const STATES: readonly ComparisonRow['status'][] = ['done', 'unstable', 'diverged', 'refused'];

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Root of the mean square of what is a number. */
function root(values: readonly number[]): number {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.length ? Math.sqrt(mean(known.map((value) => value ** 2))) : NaN;
}

const rootErrors = (errors: readonly Errors[]): Errors => byNorm(({ id }) => root(errors.map((one) => one[id])));

/**
 * The comparisons of several runs of one experiment as one: errors are root mean squares over the runs, costs are means,
 * accuracies are all kept. `wanted` is how many there were to be.
 */
export function poolComparisons(pictures: readonly Comparison[], aim: number, wanted = pictures.length): Comparison {
  const [first] = pictures as [Comparison, ...Comparison[]];
  if (wanted === 1) return first;
  const { norm } = first;
  const rows = first.rows.map((_, i) => poolRow(pictures.map((picture) => picture.rows[i]!), norm)); // prettier-ignore
  const errors = rootErrors(pictures.map(({ reference }) => reference.errors));
  const floor = Math.max(...pictures.map(({ reference }) => reference.errors[norm]));
  return {
    problem: `${pictures.length === 1 ? '1 run' : `${pictures.length} runs`} of one experiment, errors being root mean squares over them. ${first.problem}`,
    reference: { ...first.reference, error: errors.rms, errors: { ...errors, [norm]: floor } },
    norm,
    rows,
    slopes: bySeries(rows).map((series) => fitSlope(series, floor, norm)),
    verdict: `${pictures.length < wanted ? `Cancelled after ${pictures.length} of ${wanted} runs; so far: ` : ''}${comparisonVerdict(rows, aim, { norm, floor })}`,
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

import { bySeries, isMeasured, type ComparisonRow } from './comparisonRow';

/** How rows are judged where the reference's own error is `floor`. */
export function judgeOf(floor: number) {
  /** How well the error of a row is known. */
  const doubt = (row: ComparisonRow) => Math.max(floor, row.floor ?? 0);
  /** Whether row a costs more than b, or costs the same and has a larger error that the reference can tell from b's. */
  const worse = (a: ComparisonRow, b: ComparisonRow) =>
    a.evaluations > b.evaluations ||
    (a.evaluations === b.evaluations && a.error > b.error && a.error > Math.max(doubt(a), doubt(b)));
  return { doubt, worse };
}

/**
 * The rows by which each method on each grid first reaches an error of `aim`: the cheapest that is surely accurate enough
 * where the reference's own error is `floor`. The cheapest comes first; methods that never reach it have none.
 */
export function aimReached<R extends ComparisonRow>(rows: readonly R[], aim: number, floor: number): R[] {
  const { doubt, worse } = judgeOf(floor);
  return bySeries(rows.filter(isMeasured))
    .flatMap((series) => {
      const enough = series.filter((row) => row.error + doubt(row) <= aim);
      return enough.length ? [enough.reduce((a, b) => (worse(a, b) ? b : a))] : [];
    })
    .sort((a, b) => Number(worse(a, b)) - Number(worse(b, a)));
}

import { bySeries, isMeasured, type ComparisonRow } from './comparisonRow';

/** The quantile of the normal law that 95 of 100 draws stay within. */
const NORMAL_95 = 1.959964;

/** How rows are judged where the reference's own error is `floor`. */
export function judgeOf(floor: number) {
  /** How well the error of a row is known. */
  const doubt = (row: ComparisonRow) => Math.max(floor, row.floor ?? 0);
  /** Whether row a costs more than b, or costs the same and has a larger error that the reference can tell from b's. */
  const worse = (a: ComparisonRow, b: ComparisonRow) =>
    a.evaluations > b.evaluations ||
    (a.evaluations === b.evaluations && a.error > b.error && a.error > Math.max(doubt(a), doubt(b)));
  /** How far the error of a row may be off by the choice of its paths, in 95 of 100 choices. */
  const chance = ({ sampling = 0 }: ComparisonRow) => (Number.isNaN(sampling) ? 0 : NORMAL_95 * sampling);
  return { doubt, chance, worse };
}

/**
 * The rows by which each method on each grid first reaches an error of `aim`: the cheapest that is surely accurate enough
 * where the reference's own error is `floor`, and whatever paths were drawn. The cheapest comes first; methods that never reach it have none.
 */
export function aimReached<R extends ComparisonRow>(rows: readonly R[], aim: number, floor: number): R[] {
  const { doubt, chance, worse } = judgeOf(floor);
  return bySeries(rows.filter(isMeasured))
    .flatMap((series) => {
      const enough = series.filter((row) => row.error + doubt(row) + chance(row) <= aim);
      return enough.length ? [enough.reduce((a, b) => (worse(a, b) ? b : a))] : [];
    })
    .sort((a, b) => Number(worse(a, b)) - Number(worse(b, a)));
}

/**
 * The cheapest row that may reach an error of `aim` but may not, by the choice of its paths, where it costs less than
 * `sure`, the cheapest that surely does; and by what factor more paths would tell.
 */
export function undecided<R extends ComparisonRow>(
  rows: readonly R[],
  aim: number,
  floor: number,
  sure: R | undefined,
): { readonly row: R; readonly factor: number } | undefined {
  const { doubt, chance } = judgeOf(floor);
  const open = rows.filter((row) => {
    const [off, error] = [chance(row), row.error + doubt(row)];
    return isMeasured(row) && off > 0 && error - off <= aim && error + off > aim;
  });
  const cheaper = open.filter(({ evaluations }) => !sure || evaluations < sure.evaluations);
  if (!cheaper.length) return undefined;
  const row = cheaper.reduce((a, b) => (b.evaluations < a.evaluations ? b : a));
  return { row, factor: (chance(row) / Math.abs(aim - row.error - doubt(row))) ** 2 };
}

import { formatNumber } from '../format';
import { integrators } from '../integrators';
import type { Norm } from './norm';
import { bySeries, measured, OWN_STEPS, type ComparisonRow } from './series';

const titleOf = (id: string) => integrators.find((row) => row.id === id)?.title ?? id;

const calls = (n: number) => (n === 1 ? '1 evaluation' : `${n} evaluations`);

const MEASURES: Readonly<Record<Norm, string>> = {
  rms: 'an error',
  max: 'a largest error',
  mean: 'an error in the mean',
  variance: 'an error in the variance',
};

/** How errors were measured. */
export interface Measure {
  /** The norm (rms). */
  readonly norm?: Norm;
  /** The reference's own error (0). */
  readonly floor?: number;
}

/** The cheapest way to an error of `aim`, in one sentence, from the rows and the reference's own error. */
export function verdictOf(
  rows: readonly ComparisonRow[],
  aim: number,
  { norm = 'rms', floor = 0 }: Measure = {},
): string {
  if (floor === Infinity)
    return 'No error can be measured: the reference does not end in finite states. Narrow the window or choose another dynamics.';
  const known = rows.filter(measured);
  const target = `${MEASURES[norm]} of ${formatNumber(aim)}`;
  if (!known.length) return rows.length ? 'No method finished with finite states.' : 'There is nothing to compare.';
  const grids = new Set(known.filter(({ grid }) => grid !== OWN_STEPS.label).map(({ grid }) => grid));
  const name = ({ integrator, grid, gridTitle }: ComparisonRow) => {
    if (grid === OWN_STEPS.label) return `${titleOf(integrator)} with its own steps`;
    return grids.size > 1 ? `${titleOf(integrator)} (${gridTitle})` : titleOf(integrator);
  };
  // The cheapest row of each series that is accurate enough, cheapest series first.
  const reached = bySeries(known)
    .flatMap((series) => {
      const enough = series.filter((row) => row.error <= aim);
      return enough.length ? [enough.reduce((a, b) => (worse(a, b) ? b : a))] : [];
    })
    .sort((a, b) => (worse(a, b) ? 1 : -1));
  const [best, next] = reached;
  if (!best) {
    const closest = known.reduce((a, b) => (b.error < a.error ? b : a));
    return (
      `No method reaches ${target} here: ${name(closest)} comes closest, ` +
      `${formatNumber(closest.error)} with ${calls(closest.evaluations)} a path.`
    );
  }
  const start = `${name(best)} is the cheapest to ${target}: ${calls(best.evaluations)} a path`;
  if (!next) return `${start}; no other method reaches it here.`;
  const rest = next.evaluations === best.evaluations ? 'as many, with a larger error' : String(next.evaluations);
  return `${start}, where ${name(next)} needs ${rest}.`;
}

/** Whether row a costs more than b, or the same with a larger error. */
const worse = (a: ComparisonRow, b: ComparisonRow) =>
  a.evaluations > b.evaluations || (a.evaluations === b.evaluations && a.error > b.error);

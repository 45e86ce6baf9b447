import { formatNumber } from '../format';
import { integrators } from '../integrators';
import type { ComparisonRow } from './compare';

const titleOf = (id: string) => integrators.find((row) => row.id === id)?.title ?? id;

const calls = (n: number) => (n === 1 ? '1 evaluation' : `${n} evaluations`);

/** The cheapest way to an RMS error of `tolerance`, in one sentence, from the rows and the reference's own error. */
export function verdictOf(rows: readonly ComparisonRow[], tolerance: number, floor = 0): string {
  if (floor === Infinity)
    return 'No error can be measured: the reference does not end in finite states. Narrow the window or choose another dynamics.';
  const done = rows.filter((row) => row.status === 'done');
  const target = formatNumber(tolerance);
  if (!done.length) return rows.length ? 'No method finished with finite states.' : 'There is nothing to compare.';
  // The cheapest row of each method that is accurate enough, cheapest method first.
  const reached = [...new Set(done.map((row) => row.integrator))]
    .flatMap((id) => {
      const enough = done.filter((row) => row.integrator === id && row.error <= tolerance);
      return enough.length ? [enough.reduce((a, b) => (worse(a, b) ? b : a))] : [];
    })
    .sort((a, b) => (worse(a, b) ? 1 : -1));
  const [best, next] = reached;
  if (!best) {
    const closest = done.reduce((a, b) => (b.error < a.error ? b : a));
    return (
      `No method reaches an error of ${target} here: ${titleOf(closest.integrator)} comes closest, ` +
      `${formatNumber(closest.error)} with ${calls(closest.evaluations)} a path.`
    );
  }
  const start = `${titleOf(best.integrator)} is the cheapest to an error of ${target}: ${calls(best.evaluations)} a path`;
  if (!next) return `${start}; no other method reaches it here.`;
  const rest = next.evaluations === best.evaluations ? 'as many, with a larger error' : String(next.evaluations);
  return `${start}, where ${titleOf(next.integrator)} needs ${rest}.`;
}

/** Whether row a costs more than b, or the same with a larger error. */
const worse = (a: ComparisonRow, b: ComparisonRow) =>
  a.evaluations > b.evaluations || (a.evaluations === b.evaluations && a.error > b.error);

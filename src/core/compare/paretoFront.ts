import { isMeasured, type ComparisonRow } from './comparisonRow';

/**
 * The rows that no other row beats: none costs no more and has a smaller error. They come by what they cost, with errors
 * that fall. `cost` is a row's, in any unit.
 */
export function paretoFront<R extends ComparisonRow>(rows: readonly R[], cost: (row: R) => number): R[] {
  const known = rows.filter((row) => isMeasured(row) && row.error > 0 && cost(row) > 0);
  const front: R[] = [];
  for (const row of [...known].sort((a, b) => cost(a) - cost(b) || a.error - b.error))
    if (!front.length || row.error < front.at(-1)!.error) front.push(row);
  return front;
}

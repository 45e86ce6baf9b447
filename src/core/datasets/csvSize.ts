import { InputError } from '../registry/problem';
import { CSV_LIMITS, FEATURES } from './limits';

const count = (n: number) => n.toLocaleString('en');

/**
 * An InputError where a CSV text has more columns, rows or cells, or a longer line, than are read. It is found without
 * reading the cells: each of them would take memory of its own.
 */
export function checkCsvSize(text: string): void {
  const { rows, cells, line } = CSV_LIMITS;
  const mark = text.includes('\n') ? '\n' : '\r';
  let width = 0;
  let lines = 0;
  for (let start = 0; start < text.length; lines++) {
    const found = text.indexOf(mark, start);
    const end = found < 0 ? text.length : found;
    if (end - start > line)
      throw new InputError(`line ${lines + 1} of the data file has ${count(end - start)} characters: at most ${count(line)} are read`); // prettier-ignore
    if (width === 0) width = columnsIn(text.slice(start, end));
    if (width > FEATURES + 1)
      throw new InputError(`the data file has ${count(width)} columns: at most ${count(FEATURES + 1)} are read`);
    start = end + 1;
    if (lines >= rows) throw new InputError(`the data file has more than ${count(rows)} rows: no more are read`);
    if (lines * width > cells)
      throw new InputError(`the data file has more than ${count(cells)} cells, in ${count(width)} columns: no more are read`); // prettier-ignore
  }
}

/** How many columns a header has: one more than it has separators of the kind that it has most of, outside of quotes. */
function columnsIn(header: string): number {
  if (!header.trim()) return 0;
  const counts = [...',;\t|'].map((separator) => ({ separator, found: 0 }));
  let quoted = false;
  for (const sign of header) {
    if (sign === '"') quoted = !quoted;
    const of = quoted ? undefined : counts.find(({ separator }) => separator === sign);
    if (of) of.found++;
  }
  return 1 + Math.max(...counts.map(({ found }) => found));
}

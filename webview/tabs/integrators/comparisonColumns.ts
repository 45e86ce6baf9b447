import { html, nothing } from 'lit';
import { formatNumber } from '../../../src/core/text/format';
import { finalTitle, integratorOf } from '../../../src/core/integrators';
import type { ComparedRow, Comparison } from '../../../src/core/compare/comparison';
import type { Column } from '../../controls/sortTable';
import { normTitle } from './plots/comparison';

/** What rows can be sorted by. */
type Key = Exclude<keyof ComparedRow, 'errors' | 'accuracies'>;

/** A column of what a row holds under a key. */
interface ComparisonColumn {
  readonly key: Key;
  readonly title: string;
  readonly hint: string;
  readonly show: (row: ComparedRow) => unknown;
}

/** Columns that are there even where all rows have the same. */
const ALWAYS: readonly Key[] = ['integrator', 'evaluations', 'error'];

/** What a row has under a key: a text or a number, NaN where it has nothing. */
function cellOf(row: ComparedRow, key: Key): string | number {
  const value = row[key] ?? NaN;
  return typeof value === 'boolean' ? String(value) : value;
}

/** What decides whether rows differ in a column. */
const whole = (row: ComparedRow, key: Key): string =>
  key === 'status' ? `${row.status} ${row.reason}` : String(cellOf(row, key));

const differs = ({ rows }: Comparison, key: Key): boolean => new Set(rows.map((row) => whole(row, key))).size > 1;

/** The columns of a comparison's table: those in which its rows differ. */
export const columnsOf = (comparison: Comparison): Column<ComparedRow>[] =>
  COLUMNS.filter(({ key }) => ALWAYS.includes(key) || differs(comparison, key)).map(({ key, title, hint, show }) => ({
    title: key === 'error' ? normTitle(comparison) : title,
    hint,
    show,
    cell: (row) => cellOf(row, key),
  }));

/** What all rows have in common, in a sentence that stands once; empty where that is nothing. */
export function commonText(comparison: Comparison): string {
  const [first] = comparison.rows;
  if (!first) return '';
  const common = COLUMNS.filter(({ key }) => !ALWAYS.includes(key) && !differs(comparison, key)).flatMap(
    ({ key, title, show }) => {
      const cell = cellOf(first, key);
      if (typeof cell === 'number' && Number.isNaN(cell)) return [];
      return [key === 'status' ? `${whole(first, key).trim()}` : `${title} ${String(show(first))}`];
    },
  );
  return common.length ? `All ${comparison.rows.length} rows: ${common.join(', ')}.` : '';
}

/** The table's columns, in order. */
const COLUMNS: readonly ComparisonColumn[] = [
  {
    key: 'integrator',
    title: 'method',
    hint: 'The integrator',
    show: ({ integrator }) => integratorOf(integrator).title,
  },
  { key: 'grid', title: 'grid', hint: 'How its steps are spread', show: ({ gridTitle }) => gridTitle },
  {
    key: 'final',
    title: 'last step',
    hint: 'How it is taken, of a method that could take it otherwise',
    show: ({ final }) => (final === undefined ? '–' : finalTitle(final)),
  },
  {
    key: 'steps',
    title: 'steps',
    hint: 'Steps taken, and those that were rejected',
    show: ({ steps, rejected }) => (rejected ? `${steps} + ${rejected}` : String(steps)),
  },
  {
    key: 'tolerance',
    title: 'tolerance',
    hint: 'Relative and absolute, of a method that chooses its own steps',
    show: ({ tolerance }) => (tolerance === undefined ? '–' : formatNumber(tolerance)),
  },
  {
    key: 'evaluations',
    title: 'evaluations',
    hint: 'Calls of u a path, rejected steps included',
    show: ({ evaluations }) => String(evaluations),
  },
  {
    key: 'error',
    title: 'error',
    hint: '≈ marks errors less than 100 times the reference’s own; ± is the standard error by the choice of paths',
    show: ({ error, sampling, nearFloor }) => {
      if (Number.isNaN(error)) return '–';
      const chance = sampling === undefined || Number.isNaN(sampling) ? '' : ` ± ${formatNumber(sampling, 2)}`;
      return `${nearFloor ? '≈ ' : ''}${formatNumber(error)}${chance}`;
    },
  },
  {
    key: 'accuracy',
    title: 'accuracy',
    hint: 'Share of test rows labelled right, and its range over the seeds',
    show: ({ accuracy, accuracies = [] }) => {
      if (accuracy === undefined) return '–';
      const range = `${Math.min(...accuracies).toFixed(4)} to ${Math.max(...accuracies).toFixed(4)}`;
      return `${accuracy.toFixed(4)}${accuracies.length > 1 ? ` (${range})` : ''}`;
    },
  },
  {
    key: 'milliseconds',
    title: 'ms',
    hint: 'For all paths, on this machine',
    show: ({ milliseconds }) => formatNumber(milliseconds, 3),
  },
  {
    key: 'load',
    title: 'step × rate',
    hint: 'The largest step times rate of decay, of the limit past which the method magnifies errors',
    show: ({ load, limit }) => (load === undefined ? '–' : `${formatNumber(load, 3)} of ${formatNumber(limit!)}`),
  },
  {
    key: 'status',
    title: 'status',
    hint: 'How it went, and why',
    show: ({ status, reason }) =>
      html`${status}${reason ? html`<span class="why" title=${reason}>: ${reason}</span>` : nothing}`,
  },
];

import { formatNumber } from '../../../src/core/text/format';
import { integratorOf } from '../../../src/core/integrators';
import type { ComparedRow, Comparison } from '../../../src/core/compare/comparison';

/** What rows can be sorted by. */
export type Key = Exclude<keyof ComparedRow, 'errors' | 'accuracies'>;

/** Columns that only some comparisons fill. */
const OPTIONAL: readonly Key[] = ['tolerance', 'accuracy', 'load'];

/** The columns of a comparison's table. */
export const columnsOf = ({ rows }: Comparison) =>
  COLUMNS.filter(({ key }) => !OPTIONAL.includes(key) || rows.some((row) => row[key] !== undefined));

/** The table's columns, in order. */
const COLUMNS: readonly { key: Key; title: string; about: string; show: (row: ComparedRow) => string }[] = [
  {
    key: 'integrator',
    title: 'method',
    about: 'The integrator',
    show: ({ integrator }) => integratorOf(integrator).title,
  },
  { key: 'grid', title: 'grid', about: 'How its steps are spread', show: ({ gridTitle }) => gridTitle },
  {
    key: 'steps',
    title: 'steps',
    about: 'Steps taken, and those that were rejected',
    show: ({ steps, rejected }) => (rejected ? `${steps} + ${rejected}` : String(steps)),
  },
  {
    key: 'tolerance',
    title: 'tolerance',
    about: 'Relative and absolute, of a method that chooses its own steps',
    show: ({ tolerance }) => (tolerance === undefined ? '–' : formatNumber(tolerance)),
  },
  {
    key: 'evaluations',
    title: 'evaluations',
    about: 'Calls of u a path, rejected steps included',
    show: ({ evaluations }) => String(evaluations),
  },
  {
    key: 'error',
    title: 'error',
    about: '≈ marks errors less than 100 times the reference’s own; ± is the standard error by the choice of paths',
    show: ({ error, sampling, nearFloor }) => {
      if (Number.isNaN(error)) return '–';
      const chance = sampling === undefined || Number.isNaN(sampling) ? '' : ` ± ${formatNumber(sampling, 2)}`;
      return `${nearFloor ? '≈ ' : ''}${formatNumber(error)}${chance}`;
    },
  },
  {
    key: 'accuracy',
    title: 'accuracy',
    about: 'Share of test rows labelled right, and its range over the seeds',
    show: ({ accuracy, accuracies = [] }) => {
      if (accuracy === undefined) return '–';
      const range = `${Math.min(...accuracies).toFixed(4)} to ${Math.max(...accuracies).toFixed(4)}`;
      return `${accuracy.toFixed(4)}${accuracies.length > 1 ? ` (${range})` : ''}`;
    },
  },
  {
    key: 'milliseconds',
    title: 'ms',
    about: 'For all paths, on this machine',
    show: ({ milliseconds }) => formatNumber(milliseconds, 3),
  },
  {
    key: 'load',
    title: 'step × rate',
    about: 'The largest step times rate of decay, of the limit past which the method magnifies errors',
    show: ({ load, limit }) => (load === undefined ? '–' : `${formatNumber(load, 3)} of ${formatNumber(limit!)}`),
  },
  { key: 'status', title: 'status', about: 'How it went, and why', show: ({ status }) => status },
];

/** Rows in the order of a column; those that have nothing there come last either way. */
export function sortedBy(rows: readonly ComparedRow[], key: Key, down: boolean): ComparedRow[] {
  const lacks = (row: ComparedRow) => row[key] === undefined || Number.isNaN(row[key]);
  const order = (a: ComparedRow, b: ComparedRow) => {
    const [one, other] = [a[key], b[key]];
    return typeof one === 'number' && typeof other === 'number'
      ? one - other
      : String(one).localeCompare(String(other));
  };
  return [...rows].sort(
    (a, b) => Number(lacks(a)) - Number(lacks(b)) || (lacks(a) ? 0 : order(a, b) * (down ? -1 : 1)),
  );
}

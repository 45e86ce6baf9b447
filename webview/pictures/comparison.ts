import { measured, norms } from '../../src/core/compare';
import { formatNumber } from '../../src/core/format';
import { integratorOf, integrators } from '../../src/core/integrators';
import type { Table } from '../../src/core/tableText';
import type { ComparisonPicture } from '../../src/protocol/pictures';
import type { Theme } from '../theme';
import type { Marker, Picture } from './picture';

/** Methods keep their marker everywhere. */
const MARKERS: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond', 'cross'];

/** Columns that only some comparisons fill. */
const OPTIONAL: readonly Key[] = ['tolerance', 'accuracy'];

/** The columns of a comparison's table. */
export const columnsOf = ({ rows }: ComparisonPicture) =>
  COLUMNS.filter(({ key }) => !OPTIONAL.includes(key) || rows.some((row) => row[key] !== undefined));

/** How the errors of a comparison are measured, in words. */
export const normTitle = ({ norm }: ComparisonPicture) => `${norms.find(({ id }) => id === norm)!.title} error`;

/** A comparison as a table of its own, with what the rows are and why. */
export const tableOf = (picture: ComparisonPicture): Table => ({
  names: ['method', 'grid', 'steps', 'tolerance', 'evaluations', normTitle(picture), 'accuracy', 'ms', 'status'],
  rows: picture.rows.map((row) => [
    integratorOf(row.integrator).title,
    row.gridTitle,
    row.steps,
    row.tolerance ?? NaN,
    row.evaluations,
    row.error,
    row.accuracy ?? NaN,
    row.milliseconds,
    row.status,
  ]),
});

type Row = ComparisonPicture['rows'][number];

/** What rows can be sorted by. */
export type Key = Exclude<keyof Row, 'errors'>;

/** The table's columns, in order. */
const COLUMNS: readonly { key: Key; title: string; show: (row: Row) => string }[] = [
  { key: 'integrator', title: 'method', show: ({ integrator }) => integratorOf(integrator).title },
  { key: 'grid', title: 'grid', show: ({ gridTitle }) => gridTitle },
  {
    key: 'steps',
    title: 'steps',
    show: ({ steps, rejected }) => (rejected ? `${steps} + ${rejected}` : String(steps)),
  },
  {
    key: 'tolerance',
    title: 'tolerance',
    show: ({ tolerance }) => (tolerance === undefined ? '–' : formatNumber(tolerance)),
  },
  { key: 'evaluations', title: 'evaluations', show: ({ evaluations }) => String(evaluations) },
  {
    key: 'error',
    title: 'error',
    show: ({ status, error, reason }) => {
      if (status === 'done') return formatNumber(error);
      return status === 'unstable' ? `${formatNumber(error)}, unstable: ${reason}` : `${status}: ${reason}`;
    },
  },
  { key: 'accuracy', title: 'accuracy', show: ({ accuracy }) => (accuracy === undefined ? '–' : accuracy.toFixed(4)) },
  { key: 'milliseconds', title: 'ms', show: ({ milliseconds }) => formatNumber(milliseconds, 3) },
];

/** The order of two cells; what is no number comes last. */
export function compareBy(a: Row[Key], b: Row[Key]): number {
  if (typeof a === 'number' && typeof b === 'number') return Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1 : a - b;
  return String(a).localeCompare(String(b));
}

/** Error against evaluations, a line for each method on each grid. */
export function precisionPicture(value: ComparisonPicture, theme: Theme, lifted: string | undefined): Picture {
  const { rows, slopes } = value;
  const grids = new Set(slopes.map(({ grid }) => grid));
  const series = slopes.map(({ integrator, grid, gridTitle, order, nominal }, i) => {
    const mine = rows.filter((row) => row.integrator === integrator && row.grid === grid && measured(row));
    const index = integrators.findIndex(({ id }) => id === integrator);
    const { title } = integratorOf(integrator);
    return {
      label: `${title}${grids.size > 1 ? `, ${gridTitle.toLowerCase()}` : ''}: order ${order === undefined ? '–' : order.toFixed(2)} (nominal ${nominal})`,
      x: mine.map(({ evaluations }) => evaluations),
      y: mine.map(({ error }) => error),
      // The marker is the method's own; colours go by the order in the picture, so that few lines never share one.
      color: theme.series[i % theme.series.length]!,
      marker: MARKERS[index % MARKERS.length]!,
      width: lifted === integrator ? 3 : 1.75,
      opacity: lifted === undefined || lifted === integrator ? 1 : 0.35,
    };
  });
  return { x: { title: 'evaluations of u a path', log: true }, y: { title: normTitle(value), log: true }, series };
}

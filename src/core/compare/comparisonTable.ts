import { finalTitle, integratorOf } from '../integrators';
import type { Table } from '../text/tables';
import { normOf, type NormId } from './norms';
import type { Reference } from './reference';
import { isMeasured, type ComparisonRow } from './comparisonRow';

/** The parts of a comparison that its table shows. */
interface ComparisonTableInput {
  readonly reference: Pick<Reference, 'errors'>;
  readonly norm: NormId;
  readonly rows: readonly (ComparisonRow & { readonly accuracy?: number | undefined })[];
}

/** A row of a comparison that its table shows. */
type Row = ComparisonTableInput['rows'][number];

/** A column of the brief table: always there, or only where its cells differ. */
interface BriefColumn {
  readonly name: string;
  readonly cell: (row: Row) => string | number;
  readonly always?: boolean;
}

/** Short headers, so that the table fits a column of a journal. */
const BRIEF: readonly BriefColumn[] = [
  { name: 'Method', cell: (row) => integratorOf(row.integrator).title, always: true },
  { name: 'Grid', cell: ({ gridTitle }) => gridTitle },
  { name: 'Last step', cell: ({ final }) => (final === undefined ? '' : finalTitle(final)) },
  { name: 'Steps', cell: ({ steps }) => steps },
  { name: 'Tol.', cell: ({ tolerance }) => tolerance ?? NaN },
  { name: 'Eval.', cell: ({ evaluations }) => evaluations, always: true },
  { name: 'Error', cell: ({ error }) => error, always: true },
  { name: '±', cell: ({ sampling }) => sampling ?? NaN },
  { name: 'Acc.', cell: ({ accuracy }) => accuracy ?? NaN },
  { name: 'Status', cell: ({ status }) => status },
];

/**
 * A comparison as a table for a paper: what its rows differ by, and what they all have in common once, as its note. `more`
 * is said there too.
 */
export function briefTable({ rows, norm }: ComparisonTableInput, more = ''): Table {
  const differs = ({ cell }: BriefColumn) => new Set(rows.map(cell)).size > 1;
  const shown = BRIEF.filter((column) => column.always ?? differs(column));
  const common = BRIEF.filter((column) => !shown.includes(column) && rows[0]).flatMap(({ name, cell }) => {
    const value = cell(rows[0]!);
    return value === '' || (typeof value === 'number' && Number.isNaN(value)) ? [] : [`${name}: ${value}`];
  });
  return {
    names: shown.map(({ name }) => name),
    rows: rows.map((row) => shown.map(({ cell }) => cell(row))),
    note: [`Error: ${normOf(norm).title}`, ...common].join(', ') + `. ${more}`,
  };
}

/** A comparison as a table of its own, with what the rows are and why. */
export const comparisonTable = (picture: ComparisonTableInput): Table => ({
  names: [
    'method',
    'grid',
    'steps',
    'rejected',
    'tolerance',
    'evaluations',
    `${normOf(picture.norm).title} error`,
    'standard error',
    'reference’s error',
    'accuracy',
    'ms',
    'step × rate',
    'limit',
    'status',
    'reason',
    'last step',
  ],
  rows: picture.rows.map((row) => [
    integratorOf(row.integrator).title,
    row.gridTitle,
    row.steps,
    row.rejected ?? NaN,
    row.tolerance ?? NaN,
    row.evaluations,
    row.error,
    row.sampling ?? NaN,
    isMeasured(row) ? (row.floor ?? picture.reference.errors[picture.norm]) : NaN,
    row.accuracy ?? NaN,
    row.milliseconds,
    row.load ?? NaN,
    row.limit ?? NaN,
    row.status,
    row.reason,
    row.final === undefined ? '' : finalTitle(row.final),
  ]),
});

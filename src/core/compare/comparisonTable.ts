import { integratorOf } from '../integrators';
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
  ]),
});

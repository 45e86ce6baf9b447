import { dataRows } from './dataRows';
import { flowRows } from './flowRows';
import type { NewRow } from './newRow';
import { outputRows } from './outputRows';
import { scheduleRows } from './scheduleRows';

/** A new row for every registry. */
export const newRows: readonly NewRow[] = [...scheduleRows, ...flowRows, ...dataRows, ...outputRows];

export { addRow, type NewRow } from './newRow';

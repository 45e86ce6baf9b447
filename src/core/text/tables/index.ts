import { rowOf } from '../../registry/parameters';
import { csv } from './csv';
import { latex } from './latex';
import { markdown } from './markdown';
import type { TableFormat } from './table';

/** How a table can be copied, in the order of the buttons. A new one is a file beside this and a row here. */
export const tableFormats: readonly TableFormat[] = [csv, markdown, latex];

/** The format of this id; an InputError that lists the known ids where there is none. */
export const tableFormat = (id: string): TableFormat => rowOf('table format', tableFormats, id);

export { markdown } from './markdown';
export type { Table, TableFormat } from './table';

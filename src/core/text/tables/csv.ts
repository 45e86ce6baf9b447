import { csvText } from '../csv';
import type { TableFormat } from './table';

export const csv: TableFormat = {
  id: 'csv',
  title: 'CSV',
  summary: 'Numbers in full double precision, after RFC 4180.',
  write: ({ names, rows }) => csvText([names, ...rows]),
};

import { cellText, type TableFormat } from './table';

const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;

export const markdown: TableFormat = {
  id: 'markdown',
  title: 'Markdown',
  summary: 'Numbers with four digits, between bars.',
  write: ({ names, rows }) =>
    [names, names.map(() => '---'), ...rows.map((cells) => cells.map(cellText))].map(line).join(''),
};

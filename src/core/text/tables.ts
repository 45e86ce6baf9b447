import { csvText } from './csv';
import { formatNumber } from './format';

/** A table: names of its columns, and cells row by row; NaN stands where there is no number. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
}

const shown = (cell: string | number) =>
  typeof cell === 'string' ? cell : Number.isNaN(cell) ? '–' : formatNumber(cell);

/** A number as LaTeX has it: 1.2·10⁻³ as $1.2\cdot10^{-3}$. */
function latexCell(cell: string | number): string {
  if (typeof cell === 'string') return cell.replace(/([&%$#_{}])/g, '\\$1');
  if (Number.isNaN(cell)) return '--';
  if (!Number.isFinite(cell)) return cell < 0 ? '$-\\infty$' : '$\\infty$';
  const [mantissa, exponent] = formatNumber(cell, 4).replace('−', '-').split('·');
  return exponent === undefined
    ? `$${mantissa}$`
    : `$${mantissa}\\cdot10^{${Number(cell.toExponential().split('e')[1])}}$`;
}

/** How a table can be copied, in the order of the buttons. */
export const tableFormats: readonly {
  readonly id: string;
  readonly title: string;
  readonly write: (table: Table) => string;
}[] = [
  {
    id: 'csv',
    title: 'CSV',
    write: ({ names, rows }) => csvText([names, ...rows]),
  },
  {
    id: 'markdown',
    title: 'Markdown',
    write({ names, rows }) {
      const line = (cells: readonly string[]) =>
        `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
      return [names, names.map(() => '---'), ...rows.map((cells) => cells.map(shown))].map(line).join('');
    },
  },
  {
    id: 'latex',
    title: 'LaTeX',
    write: ({ names, rows }) => {
      const align = names.map((_, j) => (rows.every((cells) => typeof cells[j] === 'number') ? 'r' : 'l')).join('');
      const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\\n`;
      const body = rows.map((cells) => line(cells.map(latexCell))).join('');
      return `\\begin{tabular}{${align}}\n${line(names.map(latexCell))}\\hline\n${body}\\end{tabular}\n`;
    },
  },
];

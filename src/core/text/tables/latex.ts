import { formatNumber } from '../format';
import type { TableFormat } from './table';

/** A cell in LaTeX: 1.2·10⁻³ is $1.2\cdot10^{-3}$. */
function latexCell(cell: string | number): string {
  if (typeof cell === 'string') return cell.replace(/([&%$#_{}])/g, '\\$1');
  if (Number.isNaN(cell)) return '--';
  if (!Number.isFinite(cell)) return cell < 0 ? '$-\\infty$' : '$\\infty$';
  const [mantissa, exponent] = formatNumber(cell, 4).replace('−', '-').split('·');
  return exponent === undefined
    ? `$${mantissa}$`
    : `$${mantissa}\\cdot10^{${Number(cell.toExponential().split('e')[1])}}$`;
}

const line = (cells: readonly string[]) => `${cells.join(' & ')} \\\\\n`;

export const latex: TableFormat = {
  id: 'latex',
  title: 'LaTeX',
  summary: 'A tabular environment; numbers with four digits, aligned right.',
  write({ names, rows }) {
    const align = names.map((_, j) => (rows.every((cells) => typeof cells[j] === 'number') ? 'r' : 'l')).join('');
    const body = rows.map((cells) => line(cells.map(latexCell))).join('');
    return `\\begin{tabular}{${align}}\n${line(names.map(latexCell))}\\hline\n${body}\\end{tabular}\n`;
  },
};

import { formatNumber } from '../format';
import { lineText } from '../plainText';
import type { TableFormat } from './table';

/** Characters that LaTeX takes for its own, and those that its usual fonts do not have, as it writes them. */
const WRITTEN: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '$<$',
  '>': '$>$',
  '|': '$|$',
  '×': '$\\times$',
  '·': '$\\cdot$',
  '±': '$\\pm$',
  '≈': '$\\approx$',
  '≤': '$\\le$',
  '≥': '$\\ge$',
  '−': '$-$',
  '∞': '$\\infty$',
  '√': '$\\surd$',
  '′': '$^\\prime$',
  '’': "'",
  '–': '--',
  '…': '\\dots{}',
  ᾱ: '$\\bar\\alpha$',
  α: '$\\alpha$',
  β: '$\\beta$',
  γ: '$\\gamma$',
  δ: '$\\delta$',
  Δ: '$\\Delta$',
  ε: '$\\varepsilon$',
  η: '$\\eta$',
  θ: '$\\theta$',
  λ: '$\\lambda$',
  ρ: '$\\rho$',
  σ: '$\\sigma$',
  τ: '$\\tau$',
  ψ: '$\\psi$',
};

/** Text as LaTeX shows it. */
const latexWords = (text: string): string =>
  [...lineText(text)].map((char) => WRITTEN[char] ?? (/[&%$#_{}]/.test(char) ? `\\${char}` : char)).join('');

/** A cell in LaTeX: 1.2·10⁻³ is $1.2\cdot10^{-3}$. */
function latexCell(cell: string | number): string {
  if (typeof cell === 'string') return latexWords(cell);
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
  summary: 'A tabular environment with the rules of booktabs, in small type; numbers with four digits, aligned right.',
  write({ names, rows, note }) {
    const align = names.map((_, j) => (rows.every((cells) => typeof cells[j] === 'number') ? 'r' : 'l')).join('');
    const body = rows.map((cells) => line(cells.map(latexCell))).join('');
    return (
      '% \\usepackage{booktabs}\n' +
      (note ? `% ${lineText(note)}\n` : '') +
      `{\\small\\setlength{\\tabcolsep}{4pt}%\n\\begin{tabular}{@{}${align}@{}}\n\\toprule\n` +
      `${line(names.map(latexCell))}\\midrule\n${body}\\bottomrule\n\\end{tabular}}\n`
    );
  },
};

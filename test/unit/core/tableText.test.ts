import assert from 'node:assert/strict';
import { tableFormats } from '../../../src/core/text/tables';

const table = {
  names: ['method', 'error_1'],
  rows: [
    ['Heun, 50%', 1.25e-5],
    ['a|b', NaN],
    ['c', Infinity],
  ],
};
const write = (id: string) => tableFormats.find((row) => row.id === id)!.write(table);

describe('tables as text', () => {
  it('CSV keeps every digit and quotes what has a comma', () => {
    assert.equal(write('csv'), 'method,error_1\n"Heun, 50%",0.0000125\na|b,NaN\nc,Infinity\n');
  });

  it('Markdown shows numbers as the interface does', () => {
    assert.equal(
      write('markdown'),
      '| method | error_1 |\n| --- | --- |\n| Heun, 50% | 1.25·10⁻⁵ |\n| a\\|b | – |\n| c | ∞ |\n',
    );
  });

  it('LaTeX has the rules of booktabs, escapes text and sets numbers in mathematics, aligned to the right', () => {
    assert.equal(
      write('latex'),
      '% \\usepackage{booktabs}\n{\\small\\setlength{\\tabcolsep}{4pt}%\n\\begin{tabular}{@{}lr@{}}\n\\toprule\n' +
        'method & error\\_1 \\\\\n\\midrule\n' +
        'Heun, 50\\% & $1.25\\cdot10^{-5}$ \\\\\na$|$b & -- \\\\\nc & $\\infty$ \\\\\n' +
        '\\bottomrule\n\\end{tabular}}\n',
    );
  });
});

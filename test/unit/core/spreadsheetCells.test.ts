import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCsv, parseRows } from '../../../src/core/datasets/csv';
import { csvText, plainCell, spreadsheetCell } from '../../../src/core/text/csv';

describe('CSV for spreadsheets', () => {
  it('guards text that a spreadsheet would run, and leaves numbers and other text as they are', () => {
    const formulas = [
      '=1+1',
      '=HYPERLINK("http://x")',
      '+A1',
      '-A1',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '-1+2',
      '--1',
      '=\n1',
    ];
    for (const text of formulas) assert.equal(spreadsheetCell(text), `'${text}`);
    const plain = [
      '-1',
      '+1.5',
      '-1e-5',
      '-1,5',
      '+.5',
      '-12%',
      '-1.234,5',
      '-Infinity',
      '-',
      '',
      'a=1',
      'x@y',
      "'=1",
      -3,
    ];
    for (const cell of plain) assert.equal(spreadsheetCell(cell), cell);
    assert.equal(csvText([['=a', -2, '-3', 'b,"c"']]), `'=a,-2,-3,"b,""c"""\n`);
  });

  it('is read again as the text that was written', () => {
    const table = [['=x', '@class'], ...['-1', '=A1', '-1', '=A1'].map((label, i) => [i, label])];
    const text = csvText(table);
    assert.match(text, /^'=x,'@class\n0,-1\n1,'=A1\n/);
    const data = parseCsv(text, '@class');
    assert.deepEqual([data.features, data.classes], [['=x'], ['-1', '=A1']]);
    const rows = parseRows(text, data.columns!);
    assert.deepEqual(
      [rows.names, rows.cells[1]],
      [
        ['=x', '@class'],
        ['1', '=A1'],
      ],
    );
    fc.assert(
      fc.property(fc.string(), (cell) => cell.startsWith("'") || plainCell(String(spreadsheetCell(cell))) === cell),
    );
  });
});

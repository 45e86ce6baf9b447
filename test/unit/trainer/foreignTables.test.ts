import assert from 'node:assert/strict';
import { parseCsv, parseRows } from '../../../src/core/datasets/csv';
import { inputError } from '../support/inputError';

describe('CSV as other programs write it', () => {
  it('takes the separator that Excel is told in the first line, whose row counts', () => {
    for (const line of ['sep=;', '"sep=;"', 'SEP=; '])
      for (const end of ['\n', '\r\n']) {
        const text = [line, 'x;y;class', '0,25;1;a', '2;3;b', '4;5;a', '6;7;b', ''].join(end);
        const data = parseCsv(text, 'class');
        assert.deepEqual([data.features, [...data.x].slice(0, 3)], [['x', 'y'], [0.25, 1, 2]]); // prettier-ignore
      }
    assert.deepEqual(parseCsv('sep=|\na|y\n1|x\n2|w\n3|x\n4|w\n', 'y').features, ['a']);
    const wrong = 'sep=,\na,y\n1,x\n?,w\n';
    assert.throws(() => parseCsv(wrong, 'y'), { name: 'InputError', message: /^row 4, column "a": "\?" is no value/ });
    assert.deepEqual(parseCsv('sep=,y\n1,x\n2,w\n2,w\n1,x', 'y').features, ['sep='], 'a header, not that line');
  });

  it('reads decimal commas between tabs, and refuses what may be thousands, with the cell', () => {
    const text = '\uFEFFx\ty\tclass\r\n0,25\t1,40\ta\r\n-2\t3,5\tb\r\n1,125\t5\ta\r\n6\t7\tb\r\n';
    const data = parseCsv(text, 'class');
    assert.deepEqual([...data.x], [0.25, 1.4, -2, 3.5, 1.125, 5, 6, 7]);
    const rows = parseRows(text, data.columns!);
    assert.deepEqual([...rows.x], [...data.x]);
    const thousands = 'a\ty\n1,234\tx\n12,500\tw\n7\tx\n8\tw\n';
    const message =
      'row 2, column "a": "1,234" may be thousands or decimals: write numbers without a separator of thousands';
    assert.throws(() => parseCsv(thousands, 'y'), inputError(message));
    for (const mark of [' ', '\u00a0', '\u202f', "'"])
      assert.throws(
        () => parseCsv(`a;y\n1${mark}234;x\n12${mark}500${mark}000;w\n`, 'y'),
        inputError(`row 2, column "a": "1${mark}234" has a separator of thousands: write numbers without`),
      );
    assert.deepEqual(parseCsv('a\ty\ned, al\tx\nal\tw\ned, al\tw\nal\tx\n', 'y').features.length, 2, 'text');
  });

  it('reads line breaks inside of quotes', () => {
    const data = parseCsv('"first\nline",y\n1,"x\nx"\n2,w\n2,w\n1,"x\nx"\n', 'y');
    assert.deepEqual([data.features, data.classes], [['first\nline'], ['w', 'x\nx']]); // prettier-ignore
  });

  it('a file without a header has columns by number, and says so where another is asked for', () => {
    const text = '1,2.5,7\n3,4,7\n5,6,8\n7,8,8\n9,9,7\n';
    const data = parseCsv(text, 'column 3');
    assert.deepEqual(data.features, ['column 1', 'column 2']);
    assert.deepEqual([...data.x].slice(0, 4), [1, 2.5, 3, 4]);
    assert.equal(data.labels.length, 5);
    assert.deepEqual([...parseRows('9,10\n', data.columns!).x], [9, 10]);
    assert.deepEqual(parseCsv(text, '7').features, ['1', '2.5'], 'numbers may be names');
    assert.throws(() => parseCsv(text, 'label'), {
      name: 'InputError',
      message:
        /its first row holds numbers alone, as that of a file without a header; call its columns column 1 to column 3$/,
    });
  });

  it('a file without a header that has texts too: its first row is data where its texts stand below again', () => {
    const text = '5.1,3.5,setosa\n4.9,3,setosa\n7,3.2,virginica\n6.4,3.2,virginica\n';
    const data = parseCsv(text, 'column 3');
    assert.deepEqual([data.labels.length, data.classes], [4, ['setosa', 'virginica']]);
    assert.throws(() => parseCsv(text, 'label'), { message: /its first row holds data, as that of a file without a header; call its columns column 1 to column 3$/ }); // prettier-ignore
    const named = '1,2,class\n5.1,3.5,a\n4.9,3,b\n5.1,3,a\n4.9,3,b\n';
    assert.deepEqual(parseCsv(named, 'class').features, ['1', '2']);
    assert.throws(() => parseCsv(named, 'column 3'), { message: /no column "column 3": its columns are 1, 2, class$/ });
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCsv, parseRows } from '../../../src/core/datasets/csv';
import { constantFeatures } from '../../../src/core/datasets';
import { InputError } from '../../../src/core/registry/problem';
import { prepareData } from '../../../src/trainer/data/preparedData';
import { decodeText } from '../../../src/trainer/data/decodeText';
import { examplesOf } from '../../../src/trainer/data/examples';
import { inputError } from '../support/inputError';

describe('CSV', () => {
  const good = 'a,y,b\n1,x,2\n-3.5e1,w,.5\n\n0,x,1\n4,w,5\n';

  it('reads numbers, labels in order, names; quotes, Windows line ends, a byte order mark and blank rows', () => {
    const data = parseCsv(good, 'y');
    assert.deepEqual([...data.x], [1, 2, -35, 0.5, 0, 1, 4, 5]);
    assert.deepEqual([...data.labels], [1, 0, 1, 0]);
    assert.deepEqual(data.classes, ['w', 'x']);
    assert.deepEqual(data.features, ['a', 'b']);
    const other = '\uFEFF"a";"y";"b"\r\n" 1";x;2\r\n-35;w;0.5\r\n0;x;1\r\n4;"w";5\r\n';
    assert.deepEqual(parseCsv(other, 'y'), data);
    assert.deepEqual(parseCsv(good.replaceAll(',', '\t'), 'y'), data);
    assert.deepEqual(parseCsv('a,y\n1,10\n2,9\n3,10\n4,9', 'y').classes, ['9', '10']);
  });

  it('makes a feature for each category of a column of text', () => {
    const data = parseCsv('hue,a,y\nred,1,x\nblue,2,x\nred,3,w\nblue,4,w\n', 'y');
    assert.deepEqual(data.features, ['hue=blue', 'hue=red', 'a']);
    assert.deepEqual([...data.x], [0, 1, 1, 1, 0, 2, 0, 1, 3, 1, 0, 4]);
    const rows = parseRows('a,other,hue\n7,z,red\n', data.columns!);
    assert.deepEqual([...rows.x], [0, 1, 7]);
    assert.throws(
      () => parseRows('a,hue\n7,green\n', data.columns!),
      new InputError('row 2, column "hue": "green" is not one of blue, red'),
    );
  });

  it('drops rows with a missing cell, or fills it with the mean of the train rows', () => {
    const text = 'hue,a,y\nred,1,x\n,2,x\nred,NA,w\nblue,4,w\nred,6,x\n?,8,w\nred,9,w\n';
    const dropped = parseCsv(text, 'y', { missing: 'drop' });
    assert.deepEqual([...dropped.x], [0, 1, 1, 1, 0, 4, 0, 1, 6, 0, 1, 9]);
    assert.deepEqual([...dropped.labels], [1, 0, 1, 0]);
    const kept = prepareData(parseCsv(text, 'y', { missing: 'mean' }), 0.34, 0);
    const known = [...kept.train].map((i) => kept.x[3 * i + 2]!).filter((value) => !Number.isNaN(value));
    assert.ok(Math.abs(kept.mean[2]! - known.reduce((a, b) => a + b) / known.length) < 1e-12);
    const all = examplesOf(kept, Int32Array.from(kept.labels.keys()));
    assert.equal(all.x.values![3 * 2 + 2], 0); // the mean, scaled
    assert.ok(all.x.values!.every(Number.isFinite));
    assert.throws(
      () => parseCsv('a,y\n,x\n,w', 'y', { missing: 'drop' }),
      /every row of the data file has a cell without a value/,
    );
  });

  it('reads decimal commas where semicolons separate the cells, and refuses ambiguous commas', () => {
    const text = 'a;b;y\n1,5;red;2,25\n-0,5e1;blue;-1\n,5;red;3\n';
    const data = parseCsv(text, 'y', { task: 'regression' });
    assert.deepEqual(data.features, ['a', 'b=blue', 'b=red']);
    assert.deepEqual([...data.x], [1.5, 0, 1, -5, 1, 0, 0.5, 0, 1]);
    assert.deepEqual([...data.targets!.values], [2.25, -1, 3]);
    const rows = parseRows(text, data.columns!);
    assert.deepEqual([...rows.x], [...data.x]);
    assert.deepEqual(rows.cells[0], ['1,5', 'red', '2,25']);
    assert.deepEqual([rows.numberAt(0, 2), rows.numberAt(0, 1)], [2.25, NaN]);
    const message = (cell: string) => `column "a" holds numbers with a comma, such as "${cell}": write them without`;
    for (const [table, cell] of [
      ['a,y\n"1,234",x\n"2,5",w\n', '1,234'],
      ['a;y\n1.234,5;x\n2.000,5;w\n', '1.234,5'],
    ] as const)
      assert.throws(() => parseCsv(table, 'y'), inputError(message(cell)));
  });

  it('finds the separator even in a few rows of two columns', () => {
    for (const separator of [',', ';', '\t', '|'])
      assert.deepEqual([...parseCsv('a,y\n1,x\n2,w\n2,w\n1,x\n\n'.replaceAll(',', separator), 'y').x], [1, 2, 2, 1]);
  });

  it('reads UTF-8, and UTF-16 with a byte order mark; names the first row that is neither', () => {
    const text = 'a,y\n1,é\n2,ü\n';
    const sixteen = (swap: boolean) => {
      const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
      return swap ? bytes.swap16() : bytes;
    };
    for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), sixteen(false), sixteen(true)])
      assert.equal(decodeText(bytes, 'f'), text);
    assert.throws(
      () => decodeText(Buffer.from(text, 'latin1'), 'f'),
      new InputError('f is not UTF-8 text (row 2): save it as UTF-8'),
    );
  });

  it('reads numbers to predict', () => {
    const data = parseCsv('a,y,b\n1,2.5,0\n-1,1e1,1\n0,-3,1\n', 'y', { task: 'regression' });
    assert.deepEqual([...data.targets!.values], [2.5, 10, -3]);
    assert.deepEqual([data.targets!.names, data.classes, [...data.labels]], [['y'], [], [0, 0, 0]]);
    assert.deepEqual([...data.x], [1, 0, -1, 1, 0, 1]);
    const dropped = parseCsv('a,y\n1,NA\n2,3\n4,5', 'y', { task: 'regression', missing: 'drop' });
    assert.deepEqual([...dropped.targets!.values], [3, 5]);
    const refuses = (text: string, message: string, missing?: 'mean') =>
      assert.throws(
        () => parseCsv(text, 'y', { task: 'regression', ...(missing && { missing }) }),
        inputError(message),
      );
    refuses('a,y\n1,2\n2,red', 'row 3, column "y": "red" is not a number, which data.task = regression needs');
    refuses('a,y\n1,2\n2,', 'row 3, column "y": the cell is empty, and every row needs a number to predict (set data.missing to drop to leave such rows out)'); // prettier-ignore
    refuses('a,y\n1,2\n2,NaN', 'row 3, column "y": "NaN" is no value, and every row needs a number to predict (set data.missing to drop to leave such rows out)', 'mean'); // prettier-ignore
    refuses('a,y\n1,2\n2,2.0', 'column "y" holds 2 in every row: there is nothing to predict');
  });

  it('refuses data whose features are all constant, and finds constant features', () => {
    const text = 'a,b,y\n1,3,x\n1,3,w\n1,3,x\n1,3,w\n';
    assert.throws(
      () => prepareData(parseCsv(text, 'y'), 0.5, 0),
      new InputError('every feature is the same in all train rows: there is nothing to learn from'),
    );
    const data = prepareData(parseCsv(text.replaceAll('1,3,w', '2,3,w'), 'y'), 0.5, 0);
    assert.deepEqual(constantFeatures(data), ['b']);
  });

  /** What is wrong, the text, and the whole message. */
  const WRONG: readonly (readonly [string, string, string])[] = [
    ['an empty file', ' \n', 'the data file is empty: it needs a header row, then rows of numbers and a label'],
    ['no rows', 'a,y\n', 'the data file has a header row but no rows below it'],
    ['no label column', 'a,b\n1,2', 'the data file has no column "y": its columns are a, b'],
    [
      'a file that is no table, of which nothing is quoted',
      'root:x:0:0:root\nbin:x:1:1:bin\n',
      'the data file has no column "y", and is no table: a table has a header and as many cells in each row',
    ],
    ['no feature', 'y\nx\nw', 'the data file has no column beside the label\'s, "y"'],
    ['one name twice', 'a,a,y\n1,2,x', 'two columns are named "a": every column needs its own name'],
    ['a short row', 'a,y\n1,x\n2\n', 'row 3 has 1 cell where the header has 2'],
    ['a long row', 'a,y\n1,x\n\n2,x,3\n', 'row 4 has 3 cells where the header has 2'],
    ['text among numbers', 'a,y\n1,x\nred,w', 'row 3, column "a": "red" is not a number'],
    ['a hexadecimal number', 'a,y\n0x1F,x', 'row 2, column "a": "0x1F" is not a number'],
    [
      'free text',
      `a,y\n${Array.from({ length: 101 }, (_, i) => `t${i},${i % 2}`).join('\n')}`,
      'column "a" holds 101 different texts: at most 100 can be categories, so leave the column out',
    ],
    ['an infinite number', 'a,y\n1e999,x', 'row 2, column "a": "1e999" is not a number'],
    [
      'an empty cell',
      'a,y\n,x',
      'row 2, column "a": the cell is empty, and every cell but the label must have a value (set data.missing to drop or mean to allow it)',
    ],
    [
      'a cell that says it has no value',
      'a,y\nNaN,x\n1,w',
      'row 2, column "a": "NaN" is no value (set data.missing to drop or mean to allow it)',
    ],
    ['an empty label', 'a,y\n1,x\n2, ', 'row 3, column "y": the label is empty'],
    ['a stray separator', '\uFEFFa;y;b\r\n1;"x";2\r\n2;w;3;\r\n', 'row 3 has 4 cells where the header has 3'],
    ['an open quote', 'a,y\n1,x\n"2,w', 'row 3: a quoted cell is not closed properly'],
    ['one class', 'a,y\n1,x\n2,x', 'column "y" holds one class only, "x": at least two are needed'],
    [
      'a label a row',
      'a,y\n1,x\n2,w\n3,v',
      'column "y" has a label of its own in each of the 3 rows, so it cannot be learnt: choose another column',
    ],
    [
      'a label with one row',
      'a,y\n1,x\n2,w\n3,x',
      'the label "w" has one row only (row 3): at least two are needed, one to train on and one to test on',
    ],
  ];
  it('reads any text, or says in one line what is wrong with it', () => {
    const cell = fc.oneof(
      fc.constantFrom('1', '-2.5', '1e3', '', ' ', 'x', 'w', 'NaN', 'NA', '?', '0x1F', '"x"', '"', 'a"b', '1e999', '∞'),
      fc.string({ maxLength: 4 }),
    );
    const row = fc.array(cell, { minLength: 1, maxLength: 4 });
    const text = fc.tuple(
      fc.constantFrom('', '\uFEFF'),
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('\n', '\r\n'),
      fc.constantFrom<string[][]>(['a', 'y', 'b'], ['y', 'a'], ['a', 'b'], ['a', '', 'y']),
      fc.array(row, { maxLength: 12 }),
    );
    let [read, refused] = [0, 0];
    const check = (
      [mark, separator, end, header, rows]: [string, string, string, string[], string[][]],
      missing: 'refuse' | 'drop' | 'mean',
      task: 'classification' | 'regression',
    ) => {
      const lines = [header, ...rows].map((cells) => cells.join(separator));
      try {
        const { x, labels, classes, features, targets } = parseCsv(mark + lines.join(end), 'y', { missing, task });
        assert.equal(x.length, labels.length * features.length);
        assert.ok(x.every((value) => Number.isFinite(value) || (missing === 'mean' && Number.isNaN(value))));
        assert.ok(labels.every((label) => label === 0 || label < classes.length));
        if (targets) assert.ok(targets.values.length === labels.length && targets.values.every(Number.isFinite));
        read++;
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        assert.match(error.message, /(row \d|column|data file|label|every row)/);
        refused++;
      }
    };
    const policy = fc.constantFrom('refuse', 'drop', 'mean');
    fc.assert(fc.property(text, policy, fc.constantFrom('classification', 'regression'), check), { numRuns: 2000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('1', '2', 'NA'), fc.constantFrom('3', '4')), { minLength: 4 }),
        policy,
        (rows, missing) => check(['', ',', '\n', ['a', 'y'], rows], missing, 'classification'),
      ),
    );
    assert.ok(read > 20 && refused > 20, `${read} read, ${refused} refused`);
  });

  for (const [what, text, message] of WRONG)
    it(`refuses ${what}`, () => assert.throws(() => parseCsv(text, 'y'), inputError(message)));
});

describe('CSV that is too large, or none', () => {
  const refused = (text: string, message: string) => assert.throws(() => parseCsv(text, 'y'), inputError(message));
  const columns = (n: number) => Array.from({ length: n }, (_, i) => `c${i}`);

  it('is refused by its columns, rows, cells and lines before its cells are read', () => {
    const row = `${columns(80_000).join()}\n`;
    refused(row.repeat(3), 'the data file has 80,000 columns: at most 65,537 are read');
    refused(row.replaceAll(',', ';'), 'the data file has 80,000 columns: at most 65,537 are read');
    refused(`a,y\n1,${'x'.repeat(5e6)}\n`, 'line 2 of the data file has 5,000,002 characters: at most 4,000,000 are read'); // prettier-ignore
    refused('a\n'.repeat(5_000_002), 'the data file has more than 5,000,000 rows: no more are read');
    refused('a\r'.repeat(5_000_002), 'the data file has more than 5,000,000 rows: no more are read');
    refused(`${','.repeat(99)}\n${'\n'.repeat(250_001)}`, 'the data file has more than 25,000,000 cells, in 100 columns: no more are read'); // prettier-ignore
    assert.equal(parseCsv(`"${','.repeat(80_000)}",y\n1,a\n2,b\n1,a\n2,b\n`, 'y').features.length, 1);
  });

  it('with very many columns is read, and a message about them lists the first', () => {
    const names = columns(65_536);
    const text = [[...names, 'y'], ...['a', 'b', 'a', 'b'].map((label) => [...names.map(() => '1'), label])].join('\n');
    assert.equal(parseCsv(text, 'y').features.length, 65_536);
    assert.throws(() => parseCsv(text, 'z'), /no column "z": its columns are c0, c1, .*, c19, … \(65537 in all\)$/);
    const absent = names.map((name) => ({ name: `${name}x` }));
    assert.throws(
      () => parseRows(text, absent),
      /no column "c0x", .*, … \(65536 in all\), which the run was trained on$/,
    );
  });

  it('that is another kind of file is refused by what it begins with', () => {
    const of = (bytes: string | readonly number[]) => () => decodeText(Buffer.from(bytes as string), 'x');
    assert.throws(
      of('\n<!DOCTYPE html><html>'),
      new InputError('x is no table: it begins with "<!DOCTYPE html><html>", so it is a web page'),
    );
    assert.throws(
      of([0x1f, 0x8b, 8, 0]),
      new InputError('x is no table: its first bytes are 1f 8b 08 00, so it is a gzip file'),
    );
    assert.throws(
      of([0x50, 0x4b, 3, 4, 20]),
      /its first bytes are 50 4b 03 04 14, so it is a zip archive, as workbooks/,
    );
    assert.equal(of('PAR1,y\n1,a\n')(), 'PAR1,y\n1,a\n');
  });
});

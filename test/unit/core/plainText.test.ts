import assert from 'node:assert/strict';
import { nameProblem } from '../../../src/core/runs/ids';
import {
  fileNameText,
  labelText,
  lineText,
  markdownText,
  notificationText,
  terminalText,
} from '../../../src/core/text/plainText';

const PICTURE = '![i](https://example.invalid/t.png)';

/** What a reader of Markdown shows of a text in which every mark is escaped. */
const shown = (markdown: string) => markdown.replaceAll('&amp;', '&').replace(/\\([!-/:-@[-`{-~])/g, '$1');

describe('names and messages as text', () => {
  const names = [
    PICTURE,
    '$(trash)',
    '<img src=x onerror=alert(1)>',
    'a | b',
    '**bold** _it_ `code`',
    'https://example.invalid',
    '# head',
    '&lt;b&gt;',
  ];
  for (const name of names)
    it(`Markdown shows ${name} as it is`, () => {
      const text = markdownText(name);
      assert.equal(shown(text), name);
      assert.ok(!/(?<!\\)[[\]()<>!`*_|$:#]/.test(text), `every mark is escaped: ${text}`);
    });

  it('Markdown gets one line without control characters', () => {
    assert.equal(markdownText('a\n\n| b'), 'a \\| b');
    assert.equal(markdownText('a\u001b[31mb'), 'ab');
  });

  it('a label shows the characters of an icon', () => {
    assert.ok(!labelText('$(trash) $(sync~spin)').includes('$('));
    assert.equal(labelText('$(trash)').replaceAll('\u200b', ''), '$(trash)');
  });

  it('a notification makes no link of a name', () => {
    assert.doesNotMatch(notificationText(PICTURE), /\[[^\]]+\]\(/);
    assert.doesNotMatch(notificationText('[x](command:workbench.action.quit)'), /\[[^\]]+\]\(/);
  });

  it('a terminal gets no sequence that moves its cursor, colours, sets its title or makes links', () => {
    const texts = [
      'a\u001b[31mb',
      'a\u001b]0;title\u0007b',
      'a\u001b]8;;https://example.invalid\u001b\\b',
      'a\u009b31mb',
      'a\rb',
      'a\u0008b',
      'a\u202eb',
      'a\u001bcb',
    ];
    for (const text of texts) assert.match(terminalText(text), /^a(31m)?b$/, JSON.stringify(text));
    assert.equal(terminalText('a\tb\nc: γ′ → ∞\n'), 'a\tb\nc: γ′ → ∞\n');
    assert.equal(lineText(' a\n\tb '), 'a b');
  });

  it('a file name has no path, no device and nothing hidden', () => {
    for (const name of [
      '../x',
      '/etc/passwd',
      '..\\..\\x',
      'CON',
      'con.csv',
      'NUL .txt',
      '.hidden',
      'a\u0000b',
      'x'.repeat(5000),
      '',
      '...',
      'C:\\x',
      'a. ',
      'lpt1',
    ])
      assert.equal(nameProblem(fileNameText(name)), undefined, `${name.slice(0, 20)} becomes ${fileNameText(name)}`);
    assert.equal(fileNameText('moons-paths.csv'), 'moons-paths.csv');
    assert.equal(fileNameText('../x'), 'x');
    assert.equal(fileNameText('CON.csv'), 'CON-file.csv');
    assert.match(fileNameText(`${'x'.repeat(5000)}.csv`), /^x{100}\.csv$/);
  });
});

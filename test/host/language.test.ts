import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { schedules } from '../../src/core/schedules';
import { closeEverything, eventually, write } from './support';

describe('the experiment as text', () => {
  before(async () => {
    await vscode.extensions.getExtension('noprop-lab.noprop-lab')!.activate();
  });
  afterEach(closeEverything);

  const show = async (name: string, text: string) => {
    const uri = await write(name, text);
    await vscode.window.showTextDocument(uri);
    return uri;
  };

  it('completion offers every schedule', async () => {
    const text = '{"version":1,"schedules":[{"id":""}]}';
    const uri = await show('completion.noprop.json', text);
    const position = new vscode.Position(0, text.indexOf('""') + 1);
    let labels: string[] = [];
    await eventually(
      'completions came',
      async () => {
        const list = await vscode.commands.executeCommand<vscode.CompletionList>(
          'vscode.executeCompletionItemProvider',
          uri,
          position,
        );
        labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
        return labels.some((label) => label.includes(schedules[0]!.id));
      },
      30000,
    );
    for (const { id } of schedules) assert.ok(labels.includes(`"${id}"`), `${id} in ${labels.join(' ')}`);
  });

  const cases: [name: string, text: string, message: RegExp, line: number][] = [
    ['out of range', '{"version":1,"schedules":[{"id":"cosine","params":{\n"offset":7}}]}', /maximum|Maximum/, 1],
    [
      'must increase',
      '{"version":1,"schedules":[{"id":"linear-gamma","params":{\n"gammaMin":9}}]}',
      /gammaMax must be greater than gammaMin \(9\): got 5/,
      0,
    ],
    [
      'misspelt',
      '{"version":1,"schedules":[{"id":"cosine","params":{\n"ofset":1}}]}',
      /cosine has no parameter "ofset"/,
      1,
    ],
    ['newer', '{\n"version":2,"schedules":[{"id":"cosine"}]}', /version 2 is newer than this NoProp Lab reads/, 1],
  ];
  for (const [name, text, message, line] of cases)
    it(`squiggles: ${name}`, async () => {
      const uri = await show(`${name.replace(' ', '-')}.noprop.json`, text);
      const found = () => vscode.languages.getDiagnostics(uri).find((row) => message.test(row.message));
      await eventually(`a diagnostic like ${message}`, () => found() !== undefined, 30000);
      assert.equal(found()!.range.start.line, line);
    });

  const fixes: [name: string, before: string, at: string, title: string, after: RegExp][] = [
    [
      'a misspelt setting',
      '"training":{"lerningRate":0.1}',
      'lerning',
      'Change to "learningRate"',
      /"training":\{"learningRate":0\.1\}/,
    ],
    ['an unknown id', '"model":{"activation":"rellu"}', 'rellu', 'Change to "relu"', /"activation":"relu"/],
    ['out of range', '"training":{"batch":0}', '0}', 'Set to 1, the nearest allowed value', /"batch":1\}/],
    [
      'a setting that is missing',
      '"data":{"id":"csv","label":"y"}',
      '{"id":"csv',
      'Add "path" "data.csv"',
      /"path": "data\.csv"/,
    ],
    ['an unknown setting', '"training":{"zzz":1}', 'zzz', 'Remove "zzz"', /"training": \{\}/],
  ];
  for (const [name, before, at, title, after] of fixes)
    it(`quick fix: ${name}`, async () => {
      const text = `{"version":1,"schedules":[{"id":"cosine"}],${before}}`;
      const uri = await show(`fix-${name.replaceAll(' ', '-')}.noprop.json`, text);
      const document = await vscode.workspace.openTextDocument(uri);
      const start = document.positionAt(text.indexOf(at));
      let fix: vscode.CodeAction | undefined;
      await eventually(
        `${title} is offered`,
        async () => {
          const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
            'vscode.executeCodeActionProvider',
            uri,
            new vscode.Range(start, start.translate(0, 1)),
            vscode.CodeActionKind.QuickFix.value,
          );
          fix = actions.find((one) => one.title === title);
          return fix !== undefined;
        },
        30000,
      );
      assert.ok(await vscode.workspace.applyEdit(fix!.edit!));
      assert.match(document.getText(), after);
    });

  it('under the pointer a setting has its name, meaning, formula, range and default', async () => {
    const text = '{"version":1,"schedules":[{"id":"cosine"}],"training":{"weightCap":3}}';
    const uri = await show('hover.noprop.json', text);
    const position = (at: string) => new vscode.Position(0, text.indexOf(at) + 2);
    const shown = async (at: string) => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        'vscode.executeHoverProvider',
        uri,
        position(at),
      );
      return hovers.flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value)).join('\n');
    };
    const wanted = ['Weight cap', 'The largest weight', 'min(SNR′(t), c)', 'greater than 0', 'default 5'];
    let all = '';
    await eventually(
      'all of it',
      async () => {
        all = await shown('weightCap');
        return wanted.every((words) => all.includes(words));
      },
      30000,
    ).catch(() => assert.fail(all));
    await eventually('the formula of a schedule', async () => (await shown('cosine')).includes('ᾱ = [cos('), 30000);
  });
});

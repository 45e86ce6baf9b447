import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { schedules } from '../../src/core/schedules';
import { closeEverything, eventually, write } from './support';

describe('the experiment as text', () => {
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
});

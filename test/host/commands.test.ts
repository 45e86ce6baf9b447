import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Api } from '../../src/host/extension';
import { closeEverything, fileOf, labTabs, run, eventually, write } from './support';

describe('commands', () => {
  let api: Api;
  before(async () => {
    api = await vscode.extensions.getExtension<Api>('noprop-lab.noprop-lab')!.activate();
  });
  afterEach(closeEverything);

  it('with no lab open, the side panel works on an untitled draft', () => {
    const { status, experiment, problems } = api.snapshot();
    assert.equal(status, 'untitled');
    assert.equal(experiment?.schedules[0]?.id, 'linear-gamma');
    assert.deepEqual(problems, []);
  });

  it('New Experiment opens an unsaved experiment in a lab', async () => {
    const uri = await run<vscode.Uri>('noprop.newExperiment');
    assert.equal(uri.scheme, 'untitled');
    await eventually('the lab is open', () => labTabs().includes(uri.toString()));
    assert.equal(api.snapshot().status, 'untitled');
    const other = await run<vscode.Uri>('noprop.newExperiment');
    assert.notEqual(other.toString(), uri.toString());
  });

  it('New Experiment on a data file opens one whose label is guessed', async () => {
    const file = await write('flowers.csv', 'petal,species,width\n1,a,2\n2,b,3\n3,a,1\n4,b,2\n');
    const uri = await run<vscode.Uri>('noprop.newOnFile', file);
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString())!;
    const { name, data } = JSON.parse(document.getText()) as { name: string; data: { path: string; label: string } };
    assert.deepEqual([name, data.path, data.label], ['flowers', 'flowers.csv', 'species']);
  });

  it('Open Lab opens a given file, and the commands then work on it', async () => {
    const uri = await write('open.noprop.json', '{"version":1,"schedules":[{"id":"sigmoid"}]}');
    await run('noprop.openLab', uri);
    await eventually('the lab is current', () => api.snapshot().file === 'open.noprop.json');
    assert.equal(api.snapshot().experiment?.schedules[0]?.id, 'sigmoid');
    assert.equal(api.snapshot().status, 'saved');
  });

  it('Open Lab takes the experiment in the active text editor', async () => {
    const uri = await write('active.noprop.json', '{"version":1,"schedules":[{"id":"cosine"}]}');
    await vscode.window.showTextDocument(uri);
    await run('noprop.openLab');
    await eventually('the lab is open', () => labTabs().includes(uri.toString()));
  });

  it('Import Scheduler File opens the experiment that a file describes', async () => {
    const file = await write('scheduler_config.json', '{"_class_name": "FlowMatchEulerDiscreteScheduler", "shift": 3}');
    const imported = await run<{ used: readonly { key: string }[] }>('noprop.importScheduler', { file, into: 'new' });
    assert.deepEqual(
      imported.used.map(({ key }) => key),
      ['_class_name', 'shift'],
    );
    await eventually('the lab shows it', () => api.snapshot().experiment?.schedules[0]?.id === 'rectified-flow');
    assert.equal(api.snapshot().status, 'untitled');
  });

  it('Open Guide shows the first page of the guide, rendered', async () => {
    await run('noprop.openGuide');
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await eventually('the guide is open', () => labels().some((label) => label.includes('index.md')));
  });

  it('a *.noprop.json opens in the lab by default, and as text on request', async () => {
    const uri = await write('default.noprop.json', '{"version":1,"schedules":[{"id":"cosine"}]}');
    await vscode.commands.executeCommand('vscode.open', uri);
    await eventually('the lab is open', () => labTabs().includes(uri.toString()));
    await run('noprop.showText');
    await eventually(
      'the text is shown',
      () => vscode.window.activeTextEditor?.document.uri.toString() === uri.toString(),
    );
  });

  it('a text edit shows at once, an invalid one keeps the last valid experiment and says where', async () => {
    const uri = await write(
      'edit.noprop.json',
      '{"version":1,\n"schedules":[{"id":"cosine","params":{"offset":0.1}}]}',
    );
    await run('noprop.openLab', uri);
    await eventually('the lab is current', () => api.snapshot().file === 'edit.noprop.json');
    const replace = async (from: string, to: string) => {
      const document = await vscode.workspace.openTextDocument(uri);
      const start = document.getText().indexOf(from);
      const edit = new vscode.WorkspaceEdit();
      edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(start + from.length)), to);
      await vscode.workspace.applyEdit(edit);
    };
    await replace('0.1', '0.2');
    assert.equal(api.snapshot().experiment?.schedules[0]?.params.offset, 0.2);
    assert.equal(api.snapshot().status, 'unsaved');
    await replace('0.2', '7');
    assert.equal(api.snapshot().experiment?.schedules[0]?.params.offset, 0.2);
    assert.match(api.snapshot().problems[0]!.message, /offset must be a number from 0 to 1: got 7/);
    assert.equal(api.snapshot().problems[0]!.line, 2);
    await vscode.workspace.save(uri);
  });

  for (const [format, expected] of [
    ['json', /"offset": 0\.008/],
    ['csv', /^schedule,t,alphaBar,/],
    ['numpy', /SCHEDULE = SCHEDULES\[0\]\[1\]/],
  ] as const)
    it(`Export writes ${format}`, async () => {
      const uri = await write('export.noprop.json', '{"version":1,"schedules":[{"id":"cosine"}]}');
      await run('noprop.openLab', uri);
      await eventually('the lab is current', () => api.snapshot().file === 'export.noprop.json');
      const target = fileOf(`out.${format}`);
      await run('noprop.exportConfig', { format, target });
      assert.match(Buffer.from(await vscode.workspace.fs.readFile(target)).toString(), expected);
    });

  it('Export works on the draft when no lab is open', async () => {
    const target = fileOf('draft.json');
    await run('noprop.exportConfig', { format: 'json', target });
    assert.match(Buffer.from(await vscode.workspace.fs.readFile(target)).toString(), /"linear-gamma"/);
  });

  it('Export refuses an invalid text and writes nothing', async () => {
    const uri = await write('bad.noprop.json', '{"version":1,"schedules":[{"id":"nope"}]}');
    await run('noprop.openLab', uri);
    await eventually('the lab is current', () => api.snapshot().file === 'bad.noprop.json');
    const target = fileOf('bad.json');
    // the message stays open until it is answered
    void run('noprop.exportConfig', { format: 'json', target });
    await new Promise((resolve) => setTimeout(resolve, 500));
    await assert.rejects(async () => vscode.workspace.fs.stat(target));
  });
});

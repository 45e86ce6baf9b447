import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Api } from '../../src/host/extension';
import manifest from '../../package.json';
import iris from '../../media/samples/iris.csv';
import { languageModelTools } from '../../src/protocol/tools/manifest';
import { eventually, fileOf, write } from './support';

describe('tools of language models', () => {
  let api: Api;
  before(async () => {
    api = await vscode.extensions.getExtension<Api>('noprop-lab.noprop-lab')!.activate();
    await write('tools.csv', iris);
    const data = { id: 'csv', path: 'tools.csv', label: 'species' };
    const experiment = { version: 1, name: 'Tools', schedules: [{ id: 'cosine' }], data, training: { steps: 60 } };
    await write('tools.noprop.json', JSON.stringify(experiment));
  });

  const call = async (name: string, input: object, token?: vscode.CancellationToken): Promise<string> => {
    const { content } = await vscode.lm.invokeTool(`noprop_${name}`, { input, toolInvocationToken: undefined }, token);
    return content.map((part) => (part as vscode.LanguageModelTextPart).value).join('');
  };

  it('are those that the registry has, as package.json declares them', () => {
    assert.deepEqual(manifest.contributes.languageModelTools, languageModelTools(), 'npm run build brings it up');
    const known = vscode.lm.tools.filter(({ name }) => name.startsWith('noprop_'));
    assert.deepEqual(
      known.map(({ name }) => name).sort(),
      manifest.contributes.languageModelTools.map(({ name }) => name).sort(),
    );
    for (const { description, inputSchema } of known) assert.ok(description && inputSchema);
  });

  it('list, schedule and check answer', async () => {
    const kinds = JSON.parse(await call('list', { kind: 'schedules' })) as { schedules: { id: string }[] };
    assert.ok(kinds.schedules.some(({ id }) => id === 'cosine'));
    const { rows } = JSON.parse(await call('schedule', { file: 'tools.noprop.json', at: [0.5] })) as {
      rows: { alphaBar: number }[];
    };
    assert.ok(Math.abs(rows[0]!.alphaBar - 0.5) < 0.05);
    assert.match(await call('check', {}), /"verdict"/);
  }).timeout(60_000);

  it('train keeps its run among those of the workspace', async () => {
    const made = JSON.parse(await call('train', { file: 'tools.noprop.json' })) as { steps: number; run: string };
    assert.equal(made.steps, 60);
    await eventually('its run is in the list, and done', async () => {
      const [run] = await api.runs();
      return run?.name === 'Tools' && run.state === 'done' && made.run.endsWith(run.id);
    });
    const compared = { file: 'tools.noprop.json', runs: [made.run], methods: ['euler'], steps: [2, 4] };
    assert.equal((JSON.parse(await call('compare', compared)) as { rows: unknown[] }).rows.length, 2);
  }).timeout(90_000);

  it('a training that is cancelled stops and is kept', async () => {
    const source = new vscode.CancellationTokenSource();
    const ended = call('train', { file: 'tools.noprop.json', set: { 'training.steps': 1_000_000 } }, source.token);
    const newest = async () => (await api.runs())[0]!;
    await eventually('it trains', async () => (await newest()).steps === 1_000_000 && (await newest()).step > 0);
    source.cancel();
    await Promise.resolve(ended).catch(() => undefined);
    await eventually('it has stopped', async () => (await newest()).state === 'stopped');
  }).timeout(90_000);

  it('export and import write what was named, and replace nothing without force', async () => {
    const exported = { file: 'tools.noprop.json', format: 'sigmas', out: 'tools.txt' };
    await call('export', exported);
    const text = Buffer.from(await vscode.workspace.fs.readFile(fileOf('tools.txt'))).toString();
    assert.ok(text.length > 0);
    await assert.rejects(call('export', exported), /tools\.txt exists/);
    const imported = JSON.parse(await call('import', { file: 'tools.txt', as: 'sigmas' })) as { format: string };
    assert.equal(imported.format, 'sigmas');
  }).timeout(60_000);

  it('what the schema does not allow is refused', async () => {
    await assert.rejects(call('schedule', {}), /give either id or file/);
    await assert.rejects(call('train', { file: 'none.noprop.json' }), /none\.noprop\.json/);
  });
});

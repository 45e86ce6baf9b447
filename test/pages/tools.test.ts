import assert from 'node:assert/strict';
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CancellationToken, LanguageModelTextPart } from 'vscode';
import { tools } from '../harness/vscode/languageModels';
import { CancellationTokenSource } from '../harness/vscode/events';
import { LabWindow } from '../harness/pages/window';

const files = {
  'moons.noprop.json': JSON.stringify({
    version: 1,
    name: 'Moons',
    schedules: [{ id: 'cosine' }],
    data: { id: 'two-moons' },
    training: { steps: 20 },
  }),
  'sigmas.txt': '10 5 2 1 0.5 0.1',
};

describe('tools of language models: trust and questions', () => {
  let window: LabWindow;
  const token = new CancellationTokenSource().token as unknown as CancellationToken;
  const tool = (name: string) => tools.get(`noprop_${name}`)!;

  const ask = async (name: string, input: object): Promise<string | undefined> => {
    const prepared = (await tool(name).prepareInvocation!({ input }, token))!;
    const { message } = prepared.confirmationMessages ?? {};
    assert.ok(message === undefined || typeof message === 'string');
    return message;
  };

  const call = async (name: string, input: object): Promise<string> => {
    const answer = await tool(name).invoke({ input, toolInvocationToken: undefined }, token);
    return answer!.content.map((part) => (part as LanguageModelTextPart).value).join('');
  };

  afterEach(() => window.close());

  it('without trust: what needs no file answers; nothing trains, and no file is read or written', async () => {
    window = await LabWindow.open(files, { trusted: false });
    assert.equal(await ask('schedule', { id: 'cosine' }), undefined);
    assert.match(await call('schedule', { id: 'cosine', at: [0.5] }), /"alphaBar"/);
    assert.match(await call('list', { kind: 'data' }), /two-moons/);
    for (const [name, input] of [
      ['train', { file: 'moons.noprop.json' }],
      ['compare', { file: 'moons.noprop.json' }],
      ['schedule', { file: 'moons.noprop.json' }],
      ['check', { file: 'moons.noprop.json' }],
      ['import', { file: 'sigmas.txt' }],
      ['export', { file: 'moons.noprop.json', format: 'json', out: 'made.json' }],
    ] as const) {
      await assert.rejects(call(name, input), /You do not trust this workspace/, name);
      await assert.rejects(ask(name, input), /You do not trust this workspace/, name);
    }
    assert.equal(existsSync(path.join(window.dir, 'made.json')), false);
    assert.deepEqual(await window.api.runs(), []);
    window.trust();
    assert.match(await call('schedule', { file: 'moons.noprop.json', at: [0.5] }), /"alphaBar"/);
  });

  it('with trust: it asks before it trains, compares or writes, and for a file outside; for nothing else', async () => {
    window = await LabWindow.open(files);
    const outside = path.join(window.dir, '../outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'sigmas.txt'), files['sigmas.txt']);
    symlinkSync(outside, path.join(window.dir, 'link'), 'junction');
    assert.match((await ask('train', { file: 'moons.noprop.json' }))!, /It trains, which takes processor time/);
    assert.match((await ask('compare', { file: 'moons.noprop.json' }))!, /starts Python/);
    const out = path.join(window.dir, 'made.json');
    const writing = { file: 'moons.noprop.json', format: 'json', out: 'made.json' };
    assert.equal(await ask('export', writing), `It writes ${out}.`);
    assert.equal(await ask('export', { ...writing, force: true }), `It writes ${out}, and replaces what is there.`);
    assert.match((await ask('export', { ...writing, out: '../outside/made.json' }))!, /made\.json\.\s+That is outside/);
    assert.match((await ask('export', { ...writing, out: 'link/made.json' }))!, /That is outside the workspace/);
    for (const file of ['link/sigmas.txt', '../outside/sigmas.txt'])
      assert.match((await ask('import', { file }))!, /sigmas\.txt, which is outside the workspace/);
    assert.equal(await ask('import', { file: 'sigmas.txt' }), undefined);
    assert.equal(await ask('check', { file: 'moons.noprop.json' }), undefined);
    await assert.rejects(ask('import', { file: '//host/share/sigmas.txt' }), /is on another machine/);
  });

  it('a file that a table is said to be in is not read', async () => {
    window = await LabWindow.open(files, { trusted: false });
    for (const table of ['@sigmas.txt', 'sigmas.txt', '@moons.noprop.json'])
      await assert.rejects(call('schedule', { id: 'betas', inputs: { table } }), /a table is given as numbers/);
  });
});

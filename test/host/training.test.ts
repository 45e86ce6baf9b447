import assert from 'node:assert/strict';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import * as vscode from 'vscode';
import type { Api } from '../../src/host/extension';
import type { RunRecord } from '../../src/core/runs/record';
import digits from '../../media/samples/digits.csv';
import iris from '../../media/samples/iris.csv';
import { closeEverything, fileOf, run, eventually, write } from './support';

const experiment = (name: string, rest: object) =>
  JSON.stringify({ version: 1, name, schedules: [{ id: 'linear-gamma' }], ...rest });
const irisData = { data: { id: 'csv', path: 'iris.csv', label: 'species' } };

describe('training in the host', () => {
  let api: Api;
  before(async () => {
    api = await vscode.extensions.getExtension<Api>('noprop-lab.noprop-lab')!.activate();
    await write('iris.csv', iris);
    await write('digits.csv', digits);
  });
  afterEach(closeEverything);

  const open = async (file: string, text: string) => {
    await run('noprop.openLab', await write(file, text));
    await eventually(`${file} is current`, () => api.snapshot().file === file);
  };

  it('Train Model trains the open experiment, and its run stays', async () => {
    await open('iris.noprop.json', experiment('Iris', { ...irisData, training: { steps: 600 } }));
    const record = await run<RunRecord>('noprop.trainModel');
    assert.equal(record.state, 'done');
    assert.ok(record.testAccuracy! > 0.8, String(record.testAccuracy));
    const [newest] = await api.runs();
    assert.equal(newest?.id, record.id);
    assert.equal(newest.testAccuracy, record.testAccuracy);
  }).timeout(60000);

  it('the same seed gives the same run', async () => {
    await open('same.noprop.json', experiment('Same', { training: { steps: 200 }, seed: 3 }));
    const [one, two] = [await run<RunRecord>('noprop.trainModel'), await run<RunRecord>('noprop.trainModel')];
    assert.equal(one.loss, two.loss);
    assert.equal(one.testAccuracy, two.testAccuracy);
  }).timeout(60000);

  it('Stop Training keeps what there is', async () => {
    await open('long.noprop.json', experiment('Long', { training: { steps: 1000000 } }));
    const ended = run<RunRecord>('noprop.trainModel');
    await eventually(
      'it trains',
      async () => (await api.runs())[0]!.name === 'Long' && (await api.runs())[0]!.step > 0,
    );
    await run('noprop.stopTraining');
    const record = await ended;
    assert.equal(record.state, 'stopped');
    assert.ok(record.step > 0 && record.step < 1000000);
  }).timeout(60000);

  it('Predict on File labels new rows', async () => {
    const trained = (await api.runs()).find(({ name }) => name === 'Iris')!;
    const out = fileOf('labelled.csv');
    await run('noprop.predictOnFile', { run: trained.id, data: fileOf('iris.csv'), out });
    const lines = Buffer.from(await vscode.workspace.fs.readFile(out))
      .toString()
      .trimEnd()
      .split('\n');
    assert.equal(lines.length, iris.trimEnd().split('\n').length);
    const [header, ...rows] = lines.map((line) => line.trim().split(','));
    const [truth, label] = [header!.indexOf('species'), header!.indexOf('predicted species')];
    assert.deepEqual(header!.slice(label + 1), ['P(setosa)', 'P(versicolor)', 'P(virginica)']);
    assert.ok(rows.filter((row) => row[truth] === row[label]).length / rows.length > 0.85);
    assert.equal(vscode.window.tabGroups.all.length, 1, 'there is nothing to stand beside');
  }).timeout(60000);

  it('Export Weights writes a run, and Import Weights makes one of it that answers the same', async () => {
    await open('iris.noprop.json', experiment('Iris', { ...irisData, training: { steps: 600 } }));
    const trained = (await api.runs()).find(({ name }) => name === 'Iris')!;
    const out = fileOf('iris.safetensors');
    assert.equal((await run<vscode.Uri>('noprop.exportWeights', { run: trained.id, out })).toString(), out.toString());
    const imported = await run<RunRecord>('noprop.importWeights', { file: out });
    assert.deepEqual(
      [imported.state, imported.testAccuracy, imported.message],
      ['done', trained.testAccuracy, 'imported from iris.safetensors'],
    );
    assert.equal((await api.runs())[0]!.id, imported.id);
  }).timeout(60000);

  it('two trainings are queued, and one is stopped without the other', async () => {
    await open('long.noprop.json', experiment('First', { training: { steps: 1000000 } }));
    const first = run<RunRecord>('noprop.trainModel');
    await eventually('it trains', async () => (await api.runs())[0]!.name === 'First');
    await open('second.noprop.json', experiment('Second', { training: { steps: 200 } }));
    const second = run<RunRecord>('noprop.trainModel');
    await run('noprop.stopTraining', (await api.runs())[0]);
    assert.equal((await first).state, 'stopped');
    assert.equal((await second).state, 'done');
  }).timeout(60000);

  it('several seeds are trained as one experiment', async () => {
    await open('seeds.noprop.json', experiment('Seeds', { training: { steps: 100, seeds: 3 }, seed: 2 }));
    const records = await run<RunRecord[]>('noprop.trainModel');
    assert.deepEqual(
      records.map(({ seed, state }) => [seed, state]),
      [2, 3, 4].map((seed) => [seed, 'done']),
    );
    assert.ok(records[0]!.group && records.every(({ group }) => group === records[0]!.group));
  }).timeout(60000);

  it('the host stays free while digits trains', async () => {
    const measure = async (work: () => PromiseLike<unknown>) => {
      const delay = monitorEventLoopDelay({ resolution: 1 });
      delay.enable();
      await work();
      delay.disable();
      return [50, 99].map((share) => delay.percentile(share) / 1e6) as [number, number];
    };
    await open(
      'digits.noprop.json',
      experiment('Digits', { data: { id: 'csv', path: 'digits.csv', label: 'digit' }, training: { steps: 1500 } }),
    );
    const idle = await measure(() => new Promise((resolve) => setTimeout(resolve, 3000)));
    const busy = await measure(() => run('noprop.trainModel'));
    const told = ([p50, p99]: [number, number]) => `p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms`;
    console.log(`    event-loop delay of the host: idle ${told(idle)}; while digits trains ${told(busy)}`);
    assert.equal((await api.runs())[0]!.name, 'Digits');
  }).timeout(120000);

  const bad: [name: string, csv: string][] = [
    ['a missing label column', 'a,b,c\n1,2,x\n'],
    ['one class only', 'a,species\n1,x\n2,x\n3,x\n'],
  ];
  for (const [name, csv] of bad)
    it(`bad data leave no run: ${name}`, async () => {
      await write('bad.csv', csv);
      await open('bad.noprop.json', experiment('Bad', { data: { id: 'csv', path: 'bad.csv', label: 'species' } }));
      void run('noprop.trainModel'); // its message stays open until it is answered
      await new Promise((resolve) => setTimeout(resolve, 1500));
      assert.ok(!(await api.runs()).some((row) => row.name === 'Bad'));
    });
});

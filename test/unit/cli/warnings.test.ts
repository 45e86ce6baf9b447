import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { inFolder, noprop } from './noprop';

/** Misspelt at every depth of the document. */
const MISSPELT = {
  version: 1,
  name: 'x',
  schedules: [
    { id: 'cosine', params: { ofset: 0.01 }, lable: 'x', modifiers: [{ id: 'shift', params: { ofset: 1 } }] },
    { id: 'expression', params: { kk: 2 }, inputs: { quantity: 'gamma', formula: '12*k*(t-s)', formla: 't' } },
  ],
  data: { id: 'two-moons', params: { noize: 0.2, n: 60 }, testshare: 0.5 },
  model: { id: 'ct', hiden: [8], hidden: [4], embedding: { id: 'learned', dimnsion: 3 } },
  training: { learningrate: 0.5, steps: 3 },
  trainning: {},
  dynamics: { id: 'lambda-family', params: { lamda: 1 }, nois: true },
  denoiser: { id: 'mixture', params: { meanOne: -1.2 } },
  integrator: { id: 'heun', step: 4 },
  grid: { id: 'karras', params: { roh: 5 } },
  comparison: {
    step: [4],
    steps: [2],
    integrators: ['euler'],
    paths: 2,
    grids: [{ id: 'karras', params: { roh: 5 } }],
  },
  note: 'mine',
};

/** The misspelt keys with the names that they stand for, in the order of the document. */
const MEANT = [
  ['schedules.0', 'setting', 'lable', 'label'],
  ['cosine', 'parameter', 'ofset', 'offset'],
  ['shift', 'parameter', 'ofset', 'offset'],
  ['expression', 'parameter', 'kk', 'k'],
  ['expression', 'input', 'formla', 'formula'],
  ['data', 'setting', 'testshare', 'testShare'],
  ['two-moons', 'parameter', 'noize', 'noise'],
  ['model', 'setting', 'hiden', 'hidden'],
  ['model.embedding', 'setting', 'dimnsion', 'dimension'],
  ['training', 'setting', 'learningrate', 'learningRate'],
  ['an experiment', 'setting', 'trainning', 'training'],
  ['lambda-family', 'parameter', 'lamda', 'lambda'],
  ['dynamics', 'setting', 'nois', 'noise'],
  ['mixture', 'parameter', 'meanOne', 'mean1" or "mean2'],
  ['integrator', 'setting', 'step', 'steps'],
  ['karras', 'parameter', 'roh', 'rho'],
  ['comparison', 'setting', 'step', 'steps'],
  ['karras', 'parameter', 'roh', 'rho'],
] as const;

const messages = MEANT.map(([owner, kind, key, meant]) =>
  meant === 'k'
    ? `${owner} has no ${kind} "${key}", so it has no effect: it takes k`
    : `${owner} has no ${kind} "${key}", so it has no effect: did you mean "${meant}"?`,
);

describe('command line: misspelt settings', function () {
  let folder: string;
  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'warnings-'));
    await fs.writeFile(path.join(folder, 'x.noprop.json'), JSON.stringify(MISSPELT, null, 1));
  });
  after(() => fs.rm(folder, { recursive: true, force: true }));
  inFolder(() => folder);

  const plain = (warning: string) => warning.replace(/^x\.noprop\.json:\d+:\d+: /, '');
  const said = (stderr: string) =>
    [...stderr.matchAll(/^noprop: warning: (.*)$/gm)].map(([, warning]) => plain(warning!));

  it('are warned of by every command that reads an experiment, with the nearest names and their places', async () => {
    for (const args of [
      ['check', 'x.noprop.json'],
      ['export', 'x.noprop.json', '--format', 'json', '--out', 'out.json'],
      ['compare', 'x.noprop.json'],
      ['train', 'x.noprop.json'],
    ]) {
      const { status, stderr } = await noprop(...args);
      assert.equal(status, 0, stderr);
      assert.deepEqual(said(stderr).sort(), [...messages].sort(), args.join(' '));
      assert.match(stderr, /^noprop: warning: x\.noprop\.json:\d+:\d+: mixture has no parameter "meanOne"/m);
    }
    const written = JSON.parse(await fs.readFile('out.json', 'utf8')) as { denoiser: { params: object } };
    assert.deepEqual(written.denoiser.params, { mean1: -1, mean2: 1, weight: 0.4, sd: 0.3, meanOne: -1.2 });
  });

  it('are in the JSON of a command as warnings', async () => {
    for (const args of [
      ['check', 'x.noprop.json'],
      ['compare', 'x.noprop.json'],
      ['train', 'x.noprop.json', '--set', 'training.steps=2'],
    ]) {
      const { stdout } = await noprop(...args, '--json');
      const { warnings } = JSON.parse(stdout) as { warnings: string[] };
      assert.deepEqual(warnings.map(plain).sort(), [...messages].sort(), args.join(' '));
    }
    await fs.writeFile('good.noprop.json', '{"version":1,"schedules":[{"id":"cosine"}]}');
    const good = await noprop('check', 'good.noprop.json', '--json');
    assert.equal(good.stderr, '');
    assert.ok(!('warnings' in (JSON.parse(good.stdout) as object)));
  });

  it('are refused where --set sets them, with the nearest name', async () => {
    const { status, stderr } = await noprop('train', 'x.noprop.json', '--set', 'denoiser.params.meanPlus=1');
    assert.equal(status, 2);
    assert.match(
      stderr,
      /^noprop: --set: mixture has no parameter "meanPlus", .*: did you mean "mean1" or "mean2"\?$/m,
    );
  });
});

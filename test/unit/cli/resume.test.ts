import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inFolder, noprop, script } from './noprop';

describe('command line: resume', function () {
  this.timeout(60_000);
  let dir: string;
  const at = (...names: string[]) => path.join(dir, ...names);
  const settings = [
    'iris.noprop.json',
    '--seed',
    '3',
    '--set',
    'training.steps=8000',
    '--set',
    'model.hidden=[16]',
    '--set',
    'training.averaging=0.9',
  ];
  const stateOf = (run: string) => (JSON.parse(readFileSync(at(run, 'run.json'), 'utf8')) as { state: string }).state;

  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-'));
    for (const name of ['iris.csv', 'iris.noprop.json']) cpSync(path.join('media/samples', name), at(name));
  });
  inFolder(() => dir);
  after(() => rmSync(dir, { recursive: true }));

  it('goes on with a run that Ctrl-C stopped, to the same weights as without a stop', async () => {
    const whole = JSON.parse((await noprop('train', ...settings, '--out', 'whole', '--json')).stdout) as {
      run: string;
    };
    const child = spawn(process.execPath, [script, 'train', ...settings, '--out', 'part'], {
      cwd: dir,
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    const found = () => (existsSync(at('part')) ? readdirSync(at('part')) : []).filter((id) => existsSync(at('part', id, 'run.json'))); // prettier-ignore
    while (!found().length && child.exitCode === null) await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGINT');
    await ended;
    const run = path.join('part', found()[0]!);
    assert.equal(stateOf(run), 'stopped');
    const { stdout, stderr, status } = await noprop('resume', run);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /, done after 8000 steps: train accuracy/);
    for (const file of ['weights.safetensors', 'state.safetensors'])
      assert.deepEqual(readFileSync(at(run, file)), readFileSync(path.join(whole.run, file)));
    const again = await noprop('resume', run);
    assert.equal(again.status, 2);
    assert.match(again.stderr, /is done: only a run that was stopped or interrupted can go on/);
    assert.match((await noprop('resume', 'none')).stderr, /none is not a run: it has no run\.json/);
  });
});

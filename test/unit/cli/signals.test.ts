import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import type { RunRecord } from '../../../src/core/runs/record';
import { eventually } from '../../harness/wait';
import { inFolder, noprop, script } from './noprop';

/** Windows knows no signal that another process could send and this one could catch. */
const onSystemsWithSignals = process.platform === 'win32' ? describe.skip : describe;

onSystemsWithSignals('command line: signals', function () {
  this.timeout(90_000);
  let dir: string;
  const at = (...names: string[]) => path.join(dir, ...names);
  const idsIn = (out: string) => (existsSync(at(out)) ? readdirSync(at(out)) : []).filter((id) => existsSync(at(out, id, 'run.json'))); // prettier-ignore
  const recordOf = (out: string, id: string) => JSON.parse(readFileSync(at(out, id, 'run.json'), 'utf8')) as RunRecord;

  /** A command in a process of its own, with what it wrote. */
  function start(...args: string[]) {
    const child = spawn(process.execPath, [script, ...args], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
    const written = { stdout: '', stderr: '' };
    child.stdout.on('data', (part) => (written.stdout += String(part)));
    child.stderr.on('data', (part) => (written.stderr += String(part)));
    const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) =>
      child.once('close', (code, signal) => resolve({ code, signal })),
    );
    return { child, written, ended };
  }
  const long = (out: string, ...more: string[]) => ['train', 'iris.noprop.json', '--set', 'training.steps=1000000', '--out', out, ...more]; // prettier-ignore

  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-signals-'));
    for (const name of ['iris.csv', 'iris.noprop.json']) cpSync(path.join('media/samples', name), at(name));
  });
  inFolder(() => dir);
  after(() => rmSync(dir, { recursive: true }));

  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    it(`${signal} keeps the training, says how it goes on, and ends with the signal's exit code`, async () => {
      const { child, written, ended } = start(...long(signal));
      await eventually('a run', () => idsIn(signal).length === 1);
      child.kill(signal);
      assert.deepEqual(await ended, { code: 128 + constants.signals[signal], signal: null }, written.stderr);
      const [id] = idsIn(signal);
      const { state, step } = recordOf(signal, id!);
      assert.equal(state, 'stopped');
      assert.match(written.stderr, new RegExp(`ended by ${signal}: step ${step} is kept; noprop resume .*${id}`));
    });

  it('a closed terminal tells of its end twice, and the training is kept all the same', async () => {
    const { child, written, ended } = start(...long('twice'));
    await eventually('a run', () => idsIn('twice').length === 1);
    child.kill('SIGHUP');
    child.kill('SIGHUP');
    assert.equal((await ended).code, 129, written.stderr);
    assert.equal(recordOf('twice', idsIn('twice')[0]!).state, 'stopped');
  });

  it('all seeds of an experiment are kept; those that wait leave no run', async () => {
    const { child, ended } = start(...long('seeds', '--seeds', '4', '--workers', '2'));
    await eventually('two runs', () => idsIn('seeds').length === 2);
    child.kill('SIGTERM');
    assert.equal((await ended).code, 143);
    assert.deepEqual(idsIn('seeds').map((id) => recordOf('seeds', id).state), ['stopped', 'stopped']); // prettier-ignore
  });

  it('a process that is killed leaves a run that is interrupted and can go on', async () => {
    const { child, ended } = start(...long('killed'));
    await eventually('a run', () => idsIn('killed').length === 1);
    child.kill('SIGKILL');
    await ended;
    const [id] = idsIn('killed');
    const { child: again, written, ended: over } = start('resume', path.join('killed', id!));
    await eventually('it trains', () => recordOf('killed', id!).process === again.pid);
    again.kill('SIGINT');
    assert.equal((await over).code, 0, written.stderr);
    assert.match(written.stdout, /stopped after \d+ steps/);
  });

  it('a comparison that is ended says what became of it', async () => {
    const before = process.listenerCount('SIGTERM');
    const ended = noprop('compare', 'iris.noprop.json', '--problem', 'mixture', '--methods', 'rk4', '--steps', '4,90000,100000', '--out', 'kept.json'); // prettier-ignore
    await eventually('it compares', () => process.listenerCount('SIGTERM') > before);
    process.kill(process.pid, 'SIGTERM');
    const { status, stderr } = await ended;
    assert.equal(status, 143, stderr);
    assert.match(stderr, /ended by SIGTERM: (what was compared is in kept\.json|nothing had been compared yet)/);
    assert.equal(process.listenerCount('SIGTERM'), before);
  });
});

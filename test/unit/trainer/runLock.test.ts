import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { isAlive, readLockFile, type RunLock } from '../../../src/trainer/runs/lockFile';
import { breakLock, livingWriter, LockLost, lockRun } from '../../../src/trainer/runs/runLock';

/** The number of a process that has ended. */
const endedProcess = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('trainer: the lock of a run', () => {
  let run = '';
  const file = () => path.join(run, 'run.lock');
  const write = (lock: Partial<RunLock>) => fs.writeFile(file(), JSON.stringify({ host: os.hostname(), ...lock }));
  const minutesAgo = async (minutes: number) => {
    const then = new Date(Date.now() - minutes * 60_000);
    await fs.utimes(file(), then, then);
  };

  beforeEach(async () => (run = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-lock-'))));
  afterEach(() => fs.rm(run, { recursive: true }));

  it('is held by one at a time, who is named to the next, and leaves nothing when it is released', async () => {
    const held = await lockRun(run);
    const { lock } = (await readLockFile(file()))!;
    assert.deepEqual([lock!.process, lock!.host], [process.pid, os.hostname()]);
    await assert.rejects(lockRun(run), {
      name: 'InputError',
      message: `the run ${path.basename(run)} is being trained by process ${process.pid} on host ${os.hostname()} since ${lock!.since}: stop it first`,
    });
    await held.release();
    assert.deepEqual(await fs.readdir(run), []);
    await (await lockRun(run)).release();
  });

  it('does not age on its own host: a machine may sleep for days', async () => {
    const held = await lockRun(run);
    await minutesAgo(60 * 24 * 3);
    assert.ok(await livingWriter(run));
    await assert.rejects(lockRun(run), /is being trained/);
    await held.release();
  });

  it('tells a process from a later one of the same number', async () => {
    await lockRun(run);
    const { lock, renewed } = (await readLockFile(file()))!;
    assert.ok(await isAlive({ lock, renewed }));
    assert.ok(!(await isAlive({ lock: { ...lock!, started: 'at another time' }, renewed })));
    assert.ok(!(await isAlive({ lock: { ...lock!, process: endedProcess() }, renewed })));
  });

  for (const [name, leave] of [
    ['of a process that is gone', () => write({ process: endedProcess(), token: 'gone', started: 'then' })],
    ['that its writer could not finish', () => fs.writeFile(file(), '{"proc').then(() => minutesAgo(1))],
    ['of another host that was not renewed for long', () => write({ process: 1, host: 'elsewhere' }).then(() => minutesAgo(20))], // prettier-ignore
  ] as const)
    it(`a lock ${name} is taken over, by one of many who try at once`, async () => {
      await leave();
      const takers = await Promise.allSettled(Array.from({ length: 12 }, () => lockRun(run)));
      const won = takers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
      assert.equal(won.length, 1);
      for (const one of takers) if (one.status === 'rejected') assert.match(String(one.reason), /is being trained by/);
      await won[0]!.renew();
      assert.deepEqual(await fs.readdir(run), ['run.lock']);
      await won[0]!.release();
    });

  it('a lock of another host is respected while that renews it, and the message says how to take over', async () => {
    await write({ process: 1, host: 'elsewhere', since: 'noon' });
    await assert.rejects(lockRun(run), /by process 1 on host elsewhere since noon: stop it there; .* 15 minutes .*run\.lock/); // prettier-ignore
  });

  it('a claim that was left behind, by a writer that died as it took over, is claimed in its turn', async () => {
    const dead = { process: endedProcess(), started: 'then' };
    await write({ ...dead, token: 'first' });
    await fs.writeFile(`${file()}.first`, JSON.stringify({ host: os.hostname(), ...dead, token: 'second' }));
    const held = await lockRun(run);
    assert.deepEqual(await fs.readdir(run), ['run.lock']);
    await held.release();
  });

  it('a writer whose lock was taken over meanwhile is told so before it writes', async () => {
    const held = await lockRun(run);
    await write({ process: 7, token: 'other' });
    await assert.rejects(held.renew(), (error) => error instanceof LockLost && error.message.includes('process 7'));
    await held.release();
    assert.equal((await readLockFile(file()))!.lock!.process, 7, 'it is not this one to remove');
  });

  it('what a thread of this process left behind can be broken, and nothing else', async () => {
    await lockRun(run);
    await breakLock(run, () => false);
    assert.ok(await livingWriter(run));
    await breakLock(run, () => true);
    assert.equal(await livingWriter(run), undefined);
    await write({ process: endedProcess(), token: 'other' });
    await breakLock(run, () => true);
    assert.ok(await readLockFile(file()));
  });
});

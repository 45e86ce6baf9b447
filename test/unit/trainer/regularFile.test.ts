import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { InputError } from '../../../src/core/registry/problem';
import { isWindowsDevice, readRegularFile, readRegularText } from '../../../src/trainer/files/regularFile';

describe('a file whose path was given', () => {
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const refused = (name: string, message: string, most = 100) =>
    assert.rejects(readRegularFile(at(name), { what: name, most }), new InputError(message));

  before(async () => {
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'regular-'));
  });
  after(() => fs.rm(folder, { recursive: true }));

  it('is read whole where it is a regular file, also through a link', async () => {
    await fs.writeFile(at('data.csv'), 'a,b\n1,ä\n');
    assert.equal(await readRegularText(at('data.csv'), { most: 100 }), 'a,b\n1,ä\n');
    await fs.writeFile(at('empty'), '');
    assert.equal((await readRegularFile(at('empty'), { most: 0 })).length, 0);
    if (process.platform === 'win32') return; // links need rights there
    await fs.symlink(at('data.csv'), at('link.csv'));
    assert.equal(await readRegularText(at('link.csv'), { most: 100 }), 'a,b\n1,ä\n');
  });

  it('is refused in plain words where there is none, or its path is none', async () => {
    await refused('none.csv', 'none.csv cannot be read: there is no such file');
    await refused(`${'x'.repeat(5000)}`, `${'x'.repeat(5000)} cannot be read: its name is too long`);
    await refused('a\0b', 'a\0b cannot be read: its path holds a character that no path may have');
    await assert.rejects(
      readRegularFile(at('none.csv'), { what: 'the data file', most: 1, remedy: 'set data.path to a data file' }),
      new InputError('the data file cannot be read: there is no such file; set data.path to a data file'),
    );
  });

  it('is refused where it is larger than what fits, as the system says or as it turns out', async () => {
    await fs.writeFile(at('large'), Buffer.alloc(3_000_000));
    await refused('large', 'large holds 3 MB: at most 2 MB fit in memory', 2e6);
    if (process.platform !== 'linux') return;
    const made = await readRegularText('/proc/self/status', { most: 1e6 }); // of which the system says that it is empty
    assert.match(made, /^Name:/);
    await assert.rejects(readRegularFile('/proc/self/maps', { most: 10 }), /holds .* at most .* fit in memory/);
  });

  it('is refused where it is a folder', () => refused('.', '. is a folder: only regular files are read'));

  it('is refused at once where it is a pipe that nobody writes to, a socket or a device', async function () {
    if (process.platform === 'win32') return this.skip();
    execFileSync('mkfifo', [at('pipe.csv')]);
    await refused('pipe.csv', 'pipe.csv is a pipe (FIFO): only regular files are read');
    const server = net.createServer().listen(at('socket'));
    await new Promise((done) => server.once('listening', done));
    await refused('socket', 'socket is a socket: only regular files are read');
    server.close();
    for (const device of ['/dev/zero', '/dev/tty', '/dev/null'])
      await assert.rejects(readRegularFile(device, { most: 100 }), /is a device: only regular files are read/);
  });

  it('is known for a device by its name on Windows', () => {
    for (const name of [
      'NUL',
      'data\\con',
      'C:\\x\\COM1.csv',
      'lpt9.txt',
      'aux .csv',
      '\\\\.\\pipe\\x',
      '//./PhysicalDrive0',
    ])
      assert.ok(isWindowsDevice(name, 'win32'), name);
    for (const name of [
      'console.csv',
      'C:\\com\\data.csv',
      'com10',
      '\\\\?\\C:\\data.csv',
      '\\\\server\\share\\null.csv',
    ])
      assert.ok(!isWindowsDevice(name, 'win32'), name);
    assert.ok(!isWindowsDevice('NUL', 'linux'));
  });
});

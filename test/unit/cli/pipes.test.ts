import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { noprop } from './noprop';

describe('a pipe that nobody writes to', function () {
  let folder: string;
  before(async function () {
    if (process.platform === 'win32') return this.skip();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'pipes-'));
    execFileSync('mkfifo', [path.join(folder, 'pipe')]);
  });
  after(() => fs.rm(folder, { recursive: true, force: true }));

  it('is refused by every command that reads a file', async () => {
    const pipe = path.join(folder, 'pipe');
    const write = async (name: string, data: object) => {
      const text = JSON.stringify({ version: 1, schedules: [{ id: 'cosine' }], data });
      await fs.writeFile(path.join(folder, name), text);
      return path.join(folder, name);
    };
    const table = await write('table.noprop.json', { id: 'csv', path: 'pipe', label: 'y' });
    const images = await write('images.noprop.json', { id: 'idx', images: 'pipe', labels: 'pipe' });
    const moons = await write('moons.noprop.json', { id: 'two-moons' });
    const out = path.join(folder, 'out');
    for (const args of [
      ['check', pipe],
      ['export', pipe, '--format', 'json', '--out', out],
      ['compare', pipe],
      ['train', pipe, '--out', out],
      ['train', table, '--out', out],
      ['train', images, '--out', out],
      ['weights', 'import', pipe, moons, '--out', out],
      ['schedule', 'betas', '--input', `table=@${pipe}`],
    ]) {
      const { status, stderr } = await noprop(...args);
      assert.match(stderr, /pipe is a pipe \(FIFO\): only regular files are read/, args.join(' '));
      assert.equal(status, 2, args.join(' '));
    }
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { script } from './noprop';

const preload = path.resolve('test/harness/noNetwork.cjs');

/** An experiment that trains in a moment, on a file. */
const experiment = {
  version: 1,
  name: '![i](https://example.invalid/t.png)',
  schedules: [{ id: 'linear-gamma' }],
  data: { id: 'csv', path: 'https-example.csv', label: 'label' },
  training: { steps: 20, batch: 8 },
  model: { hidden: [4] },
  integrator: { id: 'euler', steps: 4 },
};

describe('the network', function () {
  this.timeout(120_000);
  let folder = '';
  before(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-network-'))));
  after(() => fs.rmSync(folder, { recursive: true }));

  /** Runs node with every way to the network refused; what was attempted. */
  function attempts(...args: string[]) {
    const log = path.join(folder, 'log.txt');
    fs.rmSync(log, { force: true });
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: `--require ${preload}`, NOPROP_NETWORK_LOG: log },
    });
    return { status, stderr, tried: fs.readFileSync(log, 'utf8').split('\n').filter(Boolean) };
  }

  it('an attempt is seen, in the process and in a thread of it', () => {
    const reach = 'fetch("http://example.invalid").catch(() => 0)';
    const code = `try { ${reach} } catch {} new (require('node:worker_threads').Worker)(${JSON.stringify(`try { require("node:net").connect(80, "example.invalid") } catch {}`)}, { eval: true })`;
    const names = attempts('-e', code).tried.map((line) => line.split(' ')[0]);
    assert.deepEqual(names, ['global.fetch', 'net.connect']);
  });

  it('no command and no thread of the trainer attempts to reach it', () => {
    const rows = Array.from({ length: 24 }, (_, i) => `${i % 2 ? i : -i},${i % 2 ? 'a' : 'b'}`);
    fs.writeFileSync(path.join(folder, 'https-example.csv'), `x,label\n${rows.join('\n')}\n`);
    fs.writeFileSync(path.join(folder, 'a.noprop.json'), JSON.stringify(experiment));
    for (const command of [
      ['train', 'a.noprop.json'],
      ['compare', 'a.noprop.json', '--steps', '4'],
      ['schedule', 'cosine'],
    ]) {
      const { status, stderr, tried } = attempts(script, ...command);
      assert.equal(status, 0, stderr);
      assert.deepEqual(tried, [], command[0]);
    }
  });
});

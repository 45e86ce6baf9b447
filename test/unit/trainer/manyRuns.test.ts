import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { RunIndex } from '../../../src/trainer/runs/runIndex';

const SOURCE = path.resolve('test/fixtures/0.1.0/runs/2026-11-28T05-31-30-old-ct');
const FILES = ['run.json', 'experiment.json', 'weights.safetensors', 'state.safetensors'];

describe('a folder of many runs', function () {
  this.timeout(120_000);
  let runs: string;
  before(() => (runs = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-many-'))));
  after(() => fs.rmSync(runs, { recursive: true }));

  it('all are listed, from the index as from the folders, and a change is told alone', async () => {
    const count = Number(process.env.NOPROP_RUNS ?? 300);
    for (let k = 0; k < count; k++) {
      fs.mkdirSync(path.join(runs, `run-${k}`));
      for (const name of FILES) fs.copyFileSync(path.join(SOURCE, name), path.join(runs, `run-${k}`, name));
    }
    const timed = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
      const [cpu, start] = [process.cpuUsage(), performance.now()];
      const value = await work();
      const { user, system } = process.cpuUsage(cpu);
      console.log(`      ${what}: ${Math.round(performance.now() - start)} ms, ${Math.round((user + system) / 1000)} ms of CPU`); // prettier-ignore
      return value;
    };
    const first = await timed(`${count} runs, cold`, () => new RunIndex(runs).list());
    const index = new RunIndex(runs);
    const second = await timed('from the index', () => index.list());
    const third = await timed('again in the same process', () => index.list(second.revision));
    assert.deepEqual([first.rows.length, second.rows.length, third.rows.length], [count, count, 0]);
    assert.deepEqual(second.rows, first.rows);
    console.log(
      `      whole list ${JSON.stringify(second).length} bytes, no change ${JSON.stringify(third).length} bytes`,
    );
    fs.rmSync(path.join(runs, 'run-7'), { recursive: true });
    assert.deepEqual((await index.list(third.revision)).gone, ['run-7']);
  });
});

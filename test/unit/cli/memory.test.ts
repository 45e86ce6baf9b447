import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isOutOfMemory } from '../../../src/core/registry/outOfMemory';
import { CodedError } from '../../../src/core/registry/problem';
import { endText, memoryText } from '../../../src/protocol/memoryText';
import { script } from './noprop';

describe('command line: short memory', function () {
  this.timeout(90_000);
  let dir: string;
  before(() => (dir = mkdtempSync(path.join(tmpdir(), 'noprop-memory-'))));
  after(() => rmSync(dir, { recursive: true }));

  it('a training thread whose memory runs out ends with what it did and what to make smaller', () => {
    const names = Array.from({ length: 20 }, (_, i) => `f${i}`);
    const rows = Array.from({ length: 60_000 }, (_, k) =>
      [...names.map((_, i) => (k * 7 + i * 3) % 1009), k % 2].join(),
    );
    writeFileSync(path.join(dir, 'big.csv'), [[...names, 'y'].join(), ...rows].join('\n'));
    const experiment = {
      version: 1,
      name: 'Big',
      schedules: [{ id: 'linear-gamma' }],
      data: { id: 'csv', path: 'big.csv', label: 'y' },
    };
    writeFileSync(path.join(dir, 'big.noprop.json'), JSON.stringify(experiment));
    const { status, stderr } = spawnSync(process.execPath, [script, 'train', 'big.noprop.json', '--out', 'runs'], {
      cwd: dir,
      encoding: 'utf8',
      env: { ...process.env, NODE_OPTIONS: '--max-old-space-size=32' },
    });
    assert.equal(status, 1, stderr);
    assert.match(stderr, /memory ran out while a model was trained \(its thread ended because its JavaScript heap was full, before the training of Big began\): make training\.batch, model\.hidden or the data smaller/); // prettier-ignore
    assert.ok(!readdirSync(dir).includes('runs'), 'no run is left');
  });

  it('knows an array, a text or a heap that does not fit from other errors', () => {
    const caught = (work: () => unknown) => {
      try {
        return work();
      } catch (error) {
        return error;
      }
    };
    assert.ok(isOutOfMemory(caught(() => new ArrayBuffer(Number.MAX_SAFE_INTEGER))));
    assert.ok(isOutOfMemory(caught(() => 'x'.repeat(2 ** 30))));
    assert.ok(isOutOfMemory(new CodedError('memory', 'out of memory: 12 bytes more do not fit')));
    for (const other of [new Error('out of luck'), new RangeError('Invalid count value: -1'), undefined, 'memory'])
      assert.equal(isOutOfMemory(other), false);
  });

  it('says what was done and what to make smaller, once each', () => {
    assert.equal(
      memoryText(['evaluate', 'assess', 'dynamics'], 'the heap was full'),
      'memory ran out while a run was evaluated and dynamics were computed (the heap was full): use fewer rows of data, or ' +
        'a smaller network (model.hidden); or lower integrator.steps or comparison.paths, or use fewer rows of data',
    );
    assert.equal(endText('the trainer', 1, undefined), 'the trainer ended with code 1');
    assert.equal(endText('the trainer', 1, new Error('it broke')), 'the trainer ended (it broke)');
  });
});

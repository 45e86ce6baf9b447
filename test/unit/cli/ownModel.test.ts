import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describeWithPython } from '../support/python';
import { noprop, nopropProcess } from './noprop';

const sample = path.resolve('media/guide/own-model/mixture.noprop.json');

describeWithPython('a model of the reader in a terminal', [], (python) => {
  const named = process.env.NOPROP_PYTHON;
  let folder = '';
  before(() => {
    process.env.NOPROP_PYTHON = python;
    folder = mkdtempSync(path.join(tmpdir(), 'noprop-own-'));
  });
  after(() => {
    if (named === undefined) delete process.env.NOPROP_PYTHON;
    else process.env.NOPROP_PYTHON = named;
    rmSync(folder, { recursive: true });
  });

  it('is valid, and compared by a process that then ends (dist/cli.js)', async () => {
    assert.equal((await noprop('check', sample)).status, 0);
    const { status, stdout, stderr } = nopropProcess('compare', sample, '--json', '--set', 'comparison.steps=[8]');
    assert.deepEqual([status, stderr], [0, '']);
    const { problem, rows } = JSON.parse(stdout) as { problem: string; rows: { status: string }[] };
    assert.match(problem, /^u: Own model in Python \(u of mixture\.py\)/);
    assert.deepEqual(rows.map(({ status: one }) => one).includes('refused'), false);
    assert.equal(rows.length, 4);
  });

  it('its prints and its errors go to standard error, and the command fails', () => {
    writeFileSync(
      path.join(folder, 'bad.py'),
      'print("loading it")\ndef u(z, *_):\n  raise ValueError("no such state")\n',
    );
    const experiment = { version: 1, schedules: [{ id: 'cosine' }], denoiser: { id: 'python', file: 'bad.py' } };
    writeFileSync(path.join(folder, 'bad.noprop.json'), JSON.stringify(experiment));
    const { status, stdout, stderr } = nopropProcess('compare', path.join(folder, 'bad.noprop.json'));
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(
      stderr,
      /loading it\n[^]*noprop: u of bad\.py failed:\n[^]*bad\.py", line 3, in u\n[^]*ValueError: no such state/,
    );
  });
});

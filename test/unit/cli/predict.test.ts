import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inFolder, noprop } from './noprop';

describe('command line: predict', function () {
  this.timeout(60_000);
  let dir: string;
  let run: string;
  const at = (name: string) => path.join(dir, name);

  before(async () => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-'));
    for (const name of ['iris.csv', 'iris.noprop.json']) cpSync(path.join('media/samples', name), at(name));
    const args = ['--json', '--set', 'training.steps=300', '--out', at('runs')];
    const { stdout } = await noprop('train', at('iris.noprop.json'), ...args);
    run = (JSON.parse(stdout) as { run: string }).run;
  });
  inFolder(() => dir);
  after(() => rmSync(dir, { recursive: true }));

  it('predict labels the rows of a file, and says how many agree', async () => {
    const { stdout } = await noprop('predict', run, '--data', 'iris.csv', '--out', 'out.csv', '--json');
    const { rows, accuracy } = JSON.parse(stdout) as { rows: number; accuracy: number };
    const lines = readFileSync(at('out.csv'), 'utf8').trimEnd().split('\n');
    assert.equal(rows, 150);
    assert.equal(lines.length, 151);
    assert.match(lines[0]!, /species,predicted species,P\(setosa\),P\(versicolor\),P\(virginica\)$/);
    const cells = lines.slice(1).map((line) => line.split(',').slice(-5));
    assert.equal(accuracy, cells.filter(([truth, label]) => truth === label).length / 150);
    const classes = ['setosa', 'versicolor', 'virginica'];
    for (const [, label, ...shares] of cells) {
      const probabilities = shares.map(Number);
      assert.ok(Math.abs(probabilities.reduce((a, b) => a + b) - 1) < 1e-5, shares.join());
      assert.equal(probabilities[classes.indexOf(label!)], Math.max(...probabilities));
    }
  });

  it('predict names its column as the label is named where the file has none, and writes labels alone', async () => {
    const [header, ...rows] = readFileSync(at('iris.csv'), 'utf8').trimEnd().split('\n');
    const unlabelled = [header, ...rows].map((line) => line!.replace(/,[^,]*$/, ''));
    writeFileSync(at('unlabelled.csv'), unlabelled.join('\n'));
    const { stdout } = await noprop('predict', run, '--data', 'unlabelled.csv', '--out', 'named.csv', '--labels-only');
    assert.equal(stdout, 'labelled 150 rows in the column species\n');
    const lines = readFileSync(at('named.csv'), 'utf8').trimEnd().split('\n');
    assert.equal(lines[0], header!.trim());
    assert.ok(lines.slice(1).every((line) => /,(setosa|versicolor|virginica)$/.test(line)));
  });
});

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { StoredComparison } from '../../../src/core/runs/storedComparison';
import { listComparisons, storeComparison } from '../../../src/trainer/runs/comparisonFiles';
import { parseExperiment } from '../../../src/core/experiment/document';
import { writeNew, writeOutput } from '../../../src/trainer/runs/outputFile';
import { noprop, nopropAnswering } from './noprop';

describe('files that commands write', () => {
  let dir: string;
  const at = (...names: string[]) => path.join(dir, ...names);
  const export_ = (out: string, ...more: string[]) => ['export', at('a.noprop.json'), '--format', 'json', '--out', out, ...more]; // prettier-ignore

  before(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'noprop-'));
    writeFileSync(at('a.noprop.json'), '{"version": 1, "name": "Moons", "schedules": [{"id": "cosine"}]}');
  });
  after(() => rmSync(dir, { recursive: true }));

  it('a file that is there is replaced with --force alone, or where a person agrees', async () => {
    const out = at('mine.json');
    writeFileSync(out, 'mine');
    const refused = await noprop(...export_(out));
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /mine\.json exists: give another name, or --force to replace it/);
    const asked: string[] = [];
    const answering = (answer: boolean) => (question: string) => {
      asked.push(question);
      return Promise.resolve(answer);
    };
    assert.equal((await nopropAnswering(answering(false), ...export_(out))).status, 2);
    assert.equal(readFileSync(out, 'utf8'), 'mine');
    assert.deepEqual(asked, [`${out} exists. Replace it?`]);
    assert.equal((await nopropAnswering(answering(true), ...export_(out))).status, 0);
    assert.match(readFileSync(out, 'utf8'), /"Moons"/);
    writeFileSync(out, 'mine');
    assert.equal((await noprop(...export_(out, '--force'))).status, 0);
    assert.match(readFileSync(out, 'utf8'), /"Moons"/);
    assert.deepEqual(asked.length, 2, 'with --force nobody is asked');
  });

  it('each command with a file for --out refuses to replace it before it works', async () => {
    writeFileSync(at('there'), 'mine');
    mkdirSync(at('run'));
    writeFileSync(at('run', 'run.json'), '{}');
    for (const args of [
      ['predict', at('run'), '--data', at('none.csv')],
      ['weights', 'export', at('run')],
      ['compare', at('a.noprop.json')],
    ])
      assert.match((await noprop(...args, '--out', at('there'))).stderr, /there exists: give another name, or --force/);
    assert.equal(readFileSync(at('there'), 'utf8'), 'mine');
  });

  it('a file that cannot be written is named, with the reason, and leaves nothing behind', async () => {
    const before = readdirSync(dir);
    const nowhere = await noprop(...export_(at('none', 'a.json')));
    assert.match(nowhere.stderr, new RegExp(`a\\.json cannot be written: there is no folder ${at('none')}`));
    assert.match((await noprop(...export_(dir))).stderr, /cannot be written: it is a folder/);
    assert.deepEqual(readdirSync(dir), before);
  });

  it('writes through a link, and keeps the link', async () => {
    writeFileSync(at('target.json'), '');
    symlinkSync(at('target.json'), at('link.json'));
    await writeOutput(at('link.json'), 'new');
    assert.equal(readFileSync(at('target.json'), 'utf8'), 'new');
    assert.equal((await fs.lstat(at('link.json'))).isSymbolicLink(), true);
  });

  it('writes into a pipe', async function () {
    if (process.platform === 'win32') this.skip();
    execFileSync('mkfifo', [at('pipe')]);
    const [text] = await Promise.all([fs.readFile(at('pipe'), 'utf8'), writeOutput(at('pipe'), 'new')]);
    assert.equal(text, 'new');
  });

  const { link } = fs;
  for (const [title, broken] of [
    ['', link],
    [' where the disk knows no links', () => Promise.reject(Object.assign(new Error(), { code: 'EPERM' }))],
  ] as const)
    describe(`comparisons kept at once${title}`, () => {
      before(() => (fs.link = broken));
      after(() => (fs.link = link));

      it('are as many as were kept, each whole', async () => {
        const runs = mkdtempSync(at('runs-'));
        const { experiment } = parseExperiment(readFileSync(at('a.noprop.json'), 'utf8'));
        const errors = { rms: 0, max: 0, mean: 0, variance: 0 };
        const reference = { source: 's', error: 0, errors, evaluations: 1 };
        const picture = { rows: [], slopes: [], problem: 'p', verdict: 'v', norm: 'rms', reference } as unknown as StoredComparison['picture']; // prettier-ignore
        const one = { version: 1, made: '2026-11-28T05:31:30.000Z', experiment: experiment!, picture } as const;
        const made = await Promise.all(Array.from({ length: 8 }, () => storeComparison(runs, one)));
        assert.equal(new Set(made.map(({ id }) => id)).size, 8);
        assert.equal((await listComparisons(runs, 'Moons')).length, 8);
        assert.equal(readdirSync(path.join(runs, 'comparisons', 'moons')).length, 8, 'nothing else is left');
      });

      it('replace no file', async () => {
        writeFileSync(at('mine'), 'mine');
        assert.equal(await writeNew(at('mine'), 'new'), false);
        assert.equal(readFileSync(at('mine'), 'utf8'), 'mine');
      });
    });
});

import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runCommandLine } from '../../../src/cli/commandLine';

const EXPERIMENT = {
  version: 1,
  name: 'Moons',
  schedules: [{ id: 'cosine' }],
  data: { id: 'two-moons', params: { n: 60 } },
  model: { hidden: [4] },
  training: { steps: 20, batch: 8 },
};

describe('noprop report', function () {
  this.timeout(60_000);
  let dir: string;
  let [printed, warned] = ['', ''];
  const at = (name: string) => path.join(dir, name);
  const noprop = (...args: string[]) => {
    printed = '';
    warned = '';
    return runCommandLine(args, {
      print: (text) => void (printed += text),
      warn: (text) => void (warned += text),
      showsProgress: false,
      kernels: path.resolve('dist'), // with 'report' built
    });
  };

  before(async () => {
    dir = fs.mkdtempSync(path.join(os.tmpdir(), 'noprop-report-'));
    fs.writeFileSync(at('moons.noprop.json'), JSON.stringify(EXPERIMENT));
    assert.equal(await noprop('train', at('moons.noprop.json'), '--out', at('runs')), 0, warned);
  });
  after(() => fs.rmSync(dir, { recursive: true, force: true }));
  const run = () =>
    at(
      path.join(
        'runs',
        fs.readdirSync(at('runs')).find((name) => /^\d{4}-/.test(name))!,
      ),
    );

  it('writes one file that fetches nothing, and says its size', async () => {
    const out = at('report.html');
    assert.equal(await noprop('report', at('moons.noprop.json'), '--run', run(), '--out', out), 0, warned);
    const html = fs.readFileSync(out, 'utf8');
    assert.match(printed, /report\.html, \d\.\d\d MB/);
    assert.match(html, /<title>Moons: report<\/title>/);
    assert.doesNotMatch(html.replace(/<script[^]*?<\/script>/g, ''), /(src|href)="|@import|url\((?!data:)/);
    assert.match(html, /default-src &#39;none&#39;|default-src 'none'/);
  });

  it('replaces no file that is there, unless it is told to', async () => {
    fs.writeFileSync(at('kept.html'), 'mine');
    const args = ['report', at('moons.noprop.json'), '--out', at('kept.html')];
    assert.equal(await noprop(...args), 2);
    assert.match(warned, /kept\.html/);
    assert.equal(fs.readFileSync(at('kept.html'), 'utf8'), 'mine');
    assert.equal(await noprop(...args, '--force', '--json'), 0, warned);
    assert.equal((JSON.parse(printed) as { bytes: number }).bytes, fs.statSync(at('kept.html')).size);
  });

  it('refuses what is no run, and an experiment without --out', async () => {
    assert.equal(await noprop('report', at('moons.noprop.json'), '--run', dir, '--out', at('x.html')), 2);
    assert.match(warned, /is not a run: it has no run\.json/);
    assert.equal(await noprop('report', at('moons.noprop.json')), 2);
    assert.match(warned, /--out is missing/);
    assert.equal(fs.existsSync(at('x.html')), false);
  });

  it('says what it had to leave out, and writes the rest', async () => {
    const broken = at('broken');
    fs.cpSync(run(), broken, { recursive: true });
    fs.rmSync(path.join(broken, 'weights.safetensors'));
    fs.rmSync(path.join(broken, 'state.safetensors'), { force: true });
    const out = at('partial.html');
    assert.equal(await noprop('report', at('moons.noprop.json'), '--run', broken, '--out', out), 0, warned);
    assert.match(warned, /Answers on test rows: left out, for Moons has no weights yet/);
    assert.ok(fs.statSync(out).size > 1e5);
  });
});

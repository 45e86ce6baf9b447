import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { catalogue } from '../../../src/core/reference/catalogue';
import { parseExperiment } from '../../../src/core/experiment/document';
import { quantities } from '../../../src/core/schedules/quantities';
import { scheduleIds } from '../../../src/core/schedules';
import { noprop, nopropProcess, script } from './noprop';

describe('command line', () => {
  let dir: string;
  before(() => (dir = mkdtempSync(path.join(tmpdir(), 'noprop-'))));
  after(() => rmSync(dir, { recursive: true }));
  const file = (name: string, text: string) => {
    writeFileSync(path.join(dir, name), text);
    return path.join(dir, name);
  };

  it('schedule --json gives every quantity in full precision', async () => {
    const { stdout } = await noprop('schedule', 'linear-beta', '--param', 'betaMax=10', '--at', '0.5,1', '--json');
    const { schedule, params, rows } = JSON.parse(stdout) as {
      schedule: string;
      params: object;
      rows: Record<string, unknown>[];
    };
    assert.equal(schedule, 'linear-beta');
    assert.deepEqual(params, { betaMin: 0.1, betaMax: 10 });
    assert.deepEqual(Object.keys(rows[0]!), ['t', ...quantities.map(({ key }) => key)]);
    assert.ok(Math.abs((rows[0]!.cumulativeNoise as number) - 1.2875) < 1e-15);
    assert.deepEqual([rows[1]!.logSnr, rows[1]!.alphaBar, rows[1]!.noiseRate], ['Infinity', 1, 0.1]);
  });

  it('schedule takes presets, inputs, modifiers, formulas and tables from files', async () => {
    const table = file('betas.csv', 'step,beta\n0,0.1\n1,0.2\n2,0.5\n');
    const first = async (...args: string[]) => {
      const { stdout, stderr } = await noprop('schedule', ...args, '--at', '0.5', '--json');
      assert.equal(stderr, '');
      return JSON.parse(stdout) as { schedule: string; params: object; rows: [Record<string, number>] };
    };
    const close = (actual: number, expected: number) =>
      assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.abs(expected), `${actual}, expected ${expected}`);
    const sdxl = await first('preset:sdxl', '--param', 'steps=500');
    assert.deepEqual(sdxl.params, { betaStart: 0.00085, betaEnd: 0.012, steps: 500 });
    const rule = await first('discrete', '--input', 'rule=squaredcos_cap_v2');
    close(rule.rows[0].alphaBar!, 0.4938435904406679);
    const [plain, moved] = [
      await first('cosine'),
      await first('cosine', '--modifier', 'shift:offset=2', '--modifier', 'sd3:m=3'),
    ];
    close(moved.rows[0].logSnr!, plain.rows[0].logSnr! + 2 - 2 * Math.log(3));
    const formula = await first('expression', '--input', 'formula=12*k*(t - 1/4)', '--param', 'k=2');
    assert.deepEqual([formula.params, formula.rows[0].logSnr, formula.rows[0].logSnrRate], [{ k: 2 }, 6, 24]);
    const [named, sign, typed] = await Promise.all(
      [table, `@${table}`, '0.1, 0.2, 0.5'].map((text) => first('betas', '--input', `table=${text}`)),
    );
    assert.deepEqual(named!.rows, typed!.rows);
    assert.deepEqual(sign!.rows, typed!.rows);
    const decreasing = await noprop('schedule', 'expression', '--input', 'formula=4*t - 5*t^2');
    assert.equal(decreasing.status, 0);
    assert.match(decreasing.stderr, /^noprop: warning: expression: formula: gamma decreases near t = 0\.4/);
  });

  it('minus infinity is text too', async () => {
    const { rows } = JSON.parse((await noprop('schedule', 'cosine', '--at', '0', '--json')).stdout) as {
      rows: [{ logSnr: unknown }];
    };
    assert.equal(rows[0].logSnr, '-Infinity');
  });

  it('schedule --diagnose says what follows from a schedule, in words and in figures', async () => {
    const lines = (await noprop('schedule', 'cosine', '--diagnose', '--prediction', 'epsilon')).stdout
      .trimEnd()
      .split('\n');
    assert.match(
      lines[0]!,
      /^warning: SNR is 0 at t = 0, where the target cannot be had from ε: predict u or v instead\.$/,
    );
    assert.ok(
      lines.some((line) => line.startsWith('note: Explicit Euler on eq. 26 is stable with 1,409 equal steps or more')),
    );
    assert.ok(lines.some((line) => /^ {2}SNR 10⁶ to 10⁷ +69\.41 %$/.test(line)));
    const context = ['--window', '10', '--dimension', '3', '--cap', '5'];
    const { diagnostics } = JSON.parse((await noprop('schedule', 'linear-gamma', ...context, '--json')).stdout) as {
      diagnostics: { id: string; severity: string; sentence: string; figures: { name: string; value: number }[] }[];
    };
    const of = (id: string) => diagnostics.find((one) => one.id === id)!;
    assert.equal(of('prior').severity, 'warning');
    assert.match(of('prior').sentence, /in 3 dimensions/);
    assert.match(of('decades').sentence, /SNR′ capped at 5/);
    assert.equal(of('steps').figures[0]!.value, 5);
    assert.match(of('window').sentence, /\|γ\| ≤ 10/);
  });

  it('schedule prints a table with a row a time', async () => {
    const lines = (await noprop('schedule', 'cosine')).stdout.trimEnd().split('\n');
    assert.equal(lines.length, 12);
    assert.match(lines[6]!, /^0\.5 +0\.4938/);
  });

  interface Checked {
    checks: { schedule: string; summary: string }[];
    rows: { schedule: string; eq: string; verdict: string; error: number; order: number; corrected: string }[];
  }

  it('check --json has a row an equation, with the misprints found and corrected', async () => {
    const { checks, rows } = JSON.parse((await noprop('check', '--json')).stdout) as Checked;
    assert.deepEqual([checks.length, checks[0]!.schedule, rows.length], [1, 'linear-gamma', 29]);
    const misprints = rows.filter(({ verdict }) => verdict === 'misprint');
    assert.deepEqual(
      misprints.map(({ eq }) => eq),
      ['10', '14'],
    );
    assert.ok(misprints.every(({ error }) => error > 0.1));
    assert.ok(misprints[0]!.corrected.endsWith('(1 - e^{-d\\Delta(t)})}'), misprints[0]!.corrected);
    assert.ok(Math.abs(rows.find(({ eq }) => eq === '15')!.order - 2) < 0.1);
  });

  it('check follows the first schedule of a file, or those asked for', async () => {
    const source = file(
      'check.noprop.json',
      '{"version": 1, "schedules": [{"id": "constant-beta"}, {"id": "cosine"}]}',
    );
    const first = JSON.parse((await noprop('check', source, '--json')).stdout) as Checked;
    assert.equal(first.checks[0]!.schedule, 'constant-beta');
    // a constant noise rate makes dDelta = delta dt exact
    assert.equal(first.rows.find(({ eq }) => eq === '18')!.verdict, 'holds');
    const both = JSON.parse(
      (await noprop('check', source, '--schedule', 'cosine', '--schedule', 'constant-beta', '--json')).stdout,
    ) as Checked;
    assert.equal(both.rows.length, 58);
    const table = (await noprop('check', '--schedule', 'edm')).stdout;
    assert.match(table, /^EDM.*\n11 hold exactly, 4 to first order; misprints: 10, 14;/i);
    assert.match(table, /\n10 +misprint +[^\n]*\n11 +holds/);
  });

  it('export writes JSON with every default, which is an experiment again', async () => {
    const source = file('a.noprop.json', '{"version": 1, "schedules": [{"id": "sigmoid"}], "mine": 7}');
    const out = path.join(dir, 'a.json');
    assert.equal((await noprop('export', source, '--format', 'json', '--out', out)).status, 0);
    const written = readFileSync(out, 'utf8');
    assert.deepEqual(parseExperiment(written).problems, []);
    const value = JSON.parse(written) as { schedules: unknown; mine: number };
    assert.deepEqual(value.schedules, [
      { id: 'sigmoid', params: { start: -3, end: 3, tau: 1 }, inputs: {}, modifiers: [] },
    ]);
    assert.equal(value.mine, 7);
  });

  it('export writes the curves as CSV, quoting labels', async () => {
    const source = file(
      'b.noprop.json',
      '{"version": 1, "schedules": [{"id": "cosine", "label": "mine, \\"best\\""}]}',
    );
    const out = path.join(dir, 'b.csv');
    await noprop('export', source, '--format', 'csv', '--out', out);
    const lines = readFileSync(out, 'utf8').trimEnd().split('\n');
    assert.equal(lines[0], ['schedule', 't', ...quantities.map(({ key }) => key)].join(','));
    assert.equal(lines.length, 1002);
    assert.ok(lines[1]!.startsWith('"mine, ""best""",0,0,-Infinity,'));
  });

  it('list prints every registry by id, or one of them', async () => {
    const rows = JSON.parse((await noprop('list', 'schedules', '--json')).stdout) as { schedules: { id: string }[] };
    assert.deepEqual(rows.schedules.map(({ id }) => id), scheduleIds); // prettier-ignore
    const { stdout } = await noprop('list');
    for (const [kind, all] of Object.entries(catalogue)) {
      assert.ok(stdout.includes(`${kind}\n`));
      for (const { id, summary } of all) assert.ok(stdout.includes(id) && stdout.includes(summary), id);
    }
  });

  it('bad input says what is wrong on stderr with exit code 2 and no stack trace', async () => {
    const newer = file('c.noprop.json', '{"version": 9, "schedules": []}');
    const two = file('two.noprop.json', '{"version": 1, "schedules": [{"id": "cosine"}, {"id": "sigmoid"}]}');
    const params = '{"gammaMin": 20, "gammaMax": 30}';
    const far = file('far.noprop.json', `{"version": 1, "schedules": [{"id": "linear-gamma", "params": ${params}}]}`);
    const cases: [string[], RegExp][] = [
      [['schedule', 'cosin'], /unknown schedule "cosin": choose one of .*linear-gamma/],
      [['schedule'], /an argument is missing/],
      [['list', 'x'], /unknown kind "x": choose one of schedules, /],
      [['schedule', 'cosine', '--param', 'offset=NaN'], /offset must be a number from 0 to 1: got NaN/],
      [['schedule', 'cosine', '--param', 'offset'], /--param takes name=value: got "offset"/],
      [['schedule', 'cosine', '--param', 'x=1'], /cosine has no parameter "x": it takes offset/],
      [['schedule', 'cosine', '--at', '0,2'], /--at must hold times from 0 \(noise\) to 1 \(data\): got 2/],
      [['schedule', 'cosine', '--at', 'now'], /--at must be a finite number: got "now"/],
      [['schedule', 'cosine', '--nope'], /--nope/],
      [['schedule', 'cosine', '--prediction', 'x0'], /--prediction must be one of u, v, epsilon: got "x0"/],
      [['schedule', 'cosine', '--dimension', '1.5'], /--dimension must be a whole number from 1: got 1.5/],
      [['schedule', 'cosine', '--window', '0'], /--window must be a number greater than 0 and at most 700: got 0/],
      [['schedule', 'cosine', '--cap', '0'], /--cap must be a number greater than 0: got 0/],
      [['schedule', 'preset:x'], /unknown preset "x": choose one of ddpm, /],
      [['schedule', 'cosine', '--input', 'x=1'], /cosine has no input "x": it takes none/],
      [['schedule', 'discrete', '--input', 'rule'], /--input takes name=value: got "rule"/],
      [['schedule', 'discrete', '--input', 'rule=x'], /unknown rule "x": choose one of linear, scaled_linear/],
      [['schedule', 'betas', '--input', 'table=0.1 2'], /row 2 must be a number greater than 0 and at most 1: got 2/],
      [['schedule', 'betas', '--input', 'table=@none.csv'], /none\.csv cannot be read: there is no such file/],
      [
        ['schedule', 'expression', '--input', 'formula=1+'],
        /expression: formula: a value is missing after \+ at column 3/,
      ],
      [['schedule', 'expression', '--param', 'z=1'], /expression has no parameter "z": it takes a, b/],
      [['schedule', 'cosine', '--modifier', 'x'], /unknown modifier "x": choose one of shift, /],
      [['schedule', 'cosine', '--modifier', 'shift:offset'], /--modifier takes name=value: got "offset"/],
      [['schedule', 'cosine', '--modifier', 'shift:x=1'], /shift has no parameter "x": it takes offset/],
      [['schedule', 'cosine', '--modifier', 'clamp:min=3,max=2'], /clamp: max must be greater than min \(3\): got 2/],
      [['check', 'a', 'b'], /unexpected "b"\nUsage: noprop check \[FILE\]/],
      [['check', path.join(dir, 'none')], /none cannot be read: there is no such file/],
      [['check', newer], /c\.noprop\.json:1:13: version 9 is newer/],
      [['check', '--schedule', 'cosin'], /unknown schedule "cosin": choose one of .*linear-gamma/],
      [['check', two, '--schedule', 'edm'], /must name a schedule of the file \(cosine, sigmoid\): got "edm"/],
      [['check', far], /lies wholly outside the window \|log-SNR\| <= 15/],
      [['nope'], /unknown command "nope": choose one of list, schedule, check, export/],
      [['export', newer], /--format is missing/],
      [
        ['export', newer, '--format', 'xml', '--out', 'x'],
        /unknown format "xml": choose one of json, csv, curves, latex, numpy, diffusers, sigmas, flow-sigmas, timesteps/,
      ],
      [['export', newer, '--format', 'csv', '--out', 'x'], /c\.noprop\.json:1:13: version 9 is newer/],
      [
        ['export', path.join(dir, 'none'), '--format', 'csv', '--out', 'x'],
        /none cannot be read: there is no such file/,
      ],
    ];
    for (const [args, message] of cases) {
      const { status, stdout, stderr } = await noprop(...args);
      assert.equal(status, 2, `${args.join(' ')}: ${stderr}`);
      assert.match(stderr, message);
      assert.doesNotMatch(stderr, /\n\s+at /);
      assert.equal(stdout, '');
    }
  });

  it('a failure that is no bad input has exit code 1', async () => {
    const source = file('d.noprop.json', '{"version": 1, "schedules": [{"id": "cosine"}]}');
    const { status, stderr } = await noprop(
      'export',
      source,
      '--format',
      'json',
      '--out',
      path.join(dir, 'no', 'such', 'folder'),
    );
    assert.equal(status, 1);
    assert.match(stderr, /folder cannot be written: there is no folder .*such\n$/);
    assert.doesNotMatch(stderr, /ENOENT/);
  });

  it('the process prints to its own streams, and ends with the exit code', () => {
    const listed = nopropProcess('list', 'schedules', '--json');
    assert.deepEqual([listed.status, listed.stderr], [0, '']);
    assert.deepEqual((JSON.parse(listed.stdout) as typeof catalogue).schedules, catalogue.schedules);
    const wrong = nopropProcess('schedule', 'cosin');
    assert.deepEqual([wrong.status, wrong.stdout], [2, '']);
    assert.match(wrong.stderr, /^noprop: unknown schedule "cosin": choose one of .*\n$/);
    const failed = nopropProcess('export', file('e.noprop.json', '{"version": 1, "schedules": [{"id": "cosine"}]}'), '--format', 'json', '--out', path.join(dir, 'no', 'folder')); // prettier-ignore
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /cannot be written: there is no folder/);
    assert.doesNotMatch(failed.stderr, /\n\s+at /);
  });

  it('a reader that stops early is no failure', () => {
    execFileSync('sh', ['-c', `"${process.execPath}" "${script}" schedule cosine --json | head -1`]);
  });
});

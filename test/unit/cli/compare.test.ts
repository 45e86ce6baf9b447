import { finalSteps } from '../../../src/core/integrators';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import path from 'node:path';
import { benchmarks } from '../../../src/core/compare';
import { tableFormats } from '../../../src/core/text/tables';
import { noprop, script } from './noprop';

const file = path.resolve('media/samples/moons.noprop.json');

describe('command line: compare', function () {
  this.timeout(60_000);
  const compare = (...args: string[]) => noprop('compare', file, ...args);

  it('what is wrong with an option is said of that option', async () => {
    const refused: [string[], string][] = [
      [
        ['--problem', 'x'],
        `--problem: unknown problem "x": choose one of ${benchmarks.map(({ id }) => id).join(', ')}`,
      ],
      [['--steps', '0'], '--steps: a step count must be a whole number from 1 to 100000: got 0'],
      [['--tolerances', '0'], '--tolerances: a tolerance must be a number from 1e-13 to 0.1: got 0'],
      [['--grid', 'karras:rho=-1'], '--grid: karras: rho must be a number from 0.1 to 100: got -1'],
      [['--grid', 'karras:mine=1'], '--grid: karras has no parameter "mine": it takes rho'],
      [['--grid', 'list:0.5,0.2'], '--grid: list: times must ascend from 0 to 1: got 0.2 at place 2'],
      [['--set', 'comparison.steps=[0]'], '--set: a step count must be a whole number from 1 to 100000: got 0'],
      [['--seeds', '3'], '--seeds needs --run: starts of u in closed form are drawn by one seed, --set seed=3'],
      [['--final', 'x'], `--final: unknown final "x": choose one of ${finalSteps.map(({ id }) => id).join(', ')}`],
      [
        ['--problem', 'mixture', '--set', 'start=exact', '--set', 'data.id=xor'],
        '--set start, data does nothing with --problem mixture: Fixed mixture has its own schedules, window, denoiser, start; leave --problem out to compare on the experiment',
      ],
      [['--table', 'x'], `--table must be ${tableFormats.map(({ id }) => id).join(' or ')}: got "x"`],
      [['--table', 'csv', '--json'], '--json and --table are two forms of one thing: leave one out'],
    ];
    for (const [args, message] of refused) {
      const { status, stderr } = await compare(...args);
      assert.deepEqual([stderr, status], [`noprop: ${message}\n`, 2]);
    }
  });

  it('says how the last step was taken, where a method could take it otherwise', async () => {
    const args = [
      '--problem',
      'mixture',
      '--methods',
      'dpmpp-2m,euler',
      '--steps',
      '8',
      '--final',
      'to-end,lower-order',
    ];
    const { stdout } = await compare(...args);
    assert.match(stdout, /^dpmpp-2m, final to-end +uniform-t/m);
    assert.match(stdout, /^dpmpp-2m, final lower-order +uniform-t/m);
    assert.match(stdout, /^euler +uniform-t/m);
  });

  it('the rows come as a table to paste, and errors that the reference cannot tell are marked', async () => {
    const args = ['--problem', 'gaussian', '--methods', 'euler,exponential-1', '--steps', '4,8'];
    const csv = (await compare(...args, '--table', 'csv')).stdout.trimEnd().split('\n');
    assert.match(csv[0]!, /^method,grid,steps,.*,RMS error,/);
    assert.deepEqual(csv.slice(1).map((line) => line.split(',').slice(0, 3).join()), ['Euler', 'Exponential 1'].flatMap((title) => [4, 8].map((steps) => `${title},Uniform in t,${steps}`))); // prettier-ignore
    assert.match((await compare(...args, '--table', 'markdown')).stdout, /^\| method \| grid .*\n\| --- /);
    assert.match(
      (await compare(...args, '--table', 'latex')).stdout,
      /^% [^]*\\begin\{tabular\}[^]*\\end\{tabular\}\}\n$/,
    );
    const { stdout } = await compare(...args);
    assert.match(stdout, /Of the errors 2 are less than 100 times that, and marked ≈\./);
    assert.deepEqual(stdout.match(/^(euler|exponential-1) .* ≈ \d/gm)?.map((line) => line.split(' ')[0]), ['exponential-1', 'exponential-1']); // prettier-ignore
  });

  it('the paths of methods are told beside the reference, from the same starts', async () => {
    const args = ['--problem', 'mixture', '--grid', 'karras:rho=3', '--follow', 'euler:4', '--follow', 'dopri5:1e-6'];
    const { stdout } = await compare(...args);
    assert.match(stdout, /^Fixed mixture: .*\n\nline +times +RMS from the reference +end 1/);
    assert.match(stdout, /\nEuler, 4 steps, Karras \(ρ 3\) +5 +0\.\d+ .*\nDormand-Prince 5\(4\), own steps at 1·10⁻⁶ +201 +\d\.\d+·10⁻[⁶⁷⁸] /); // prettier-ignore
    const { n, lines } = JSON.parse((await compare(...args, '--json')).stdout) as { n: number; lines: { label: string; times: number[]; states: number[] }[] }; // prettier-ignore
    assert.deepEqual(lines.map(({ times, states }) => states.length / times.length), [n, n, n]); // prettier-ignore
    for (const { states } of lines) assert.deepEqual(states.slice(0, n), lines[0]!.states.slice(0, n));
    const table = (await compare(...args, '--table', 'csv')).stdout.trimEnd().split('\n');
    assert.equal(table[0], 'line,t,path,z');
    assert.equal(table.length, 1 + lines.reduce((sum, { states }) => sum + states.length, 0));
    const refused = async (text: string) => (await compare('--follow', text)).stderr;
    assert.match(await refused('x:4'), /^noprop: unknown integrator "x": choose one of euler/);
    assert.equal(await refused('rk4:1e-3'), 'noprop: --follow: rk4 has no estimate of its own error, so it takes steps: got "rk4:1e-3"\n'); // prettier-ignore
    assert.match(await refused('rk4:2.5'), /^noprop: --follow takes METHOD:N, steps from 1 to 100000 or a tolerance/);
    assert.match(await refused('rk4'), /^noprop: --follow rk4 must be a finite number: got ""/);
    assert.match(
      await refused('sra1:4'),
      /^noprop: sra1 draws noise, and the dynamics|^noprop: sra1 draws noise, and dynamics\.noise is off/,
    );
  });

  it('Ctrl-C within a long row keeps what is done, and says so', async () => {
    const args = ['--problem', 'mixture', '--paths', '5000', '--methods', 'heun', '--steps', '4,100000', '--json'];
    // With a terminal for stderr, as the script takes it, the progress tells when the short row is done.
    const onTerminal = 'process.stderr.isTTY = true; require(process.argv[1])';
    const child = spawn(process.execPath, ['-e', onTerminal, script, 'compare', file, ...args]);
    const [out, err] = ['', ''].map(() => [] as string[]) as [string[], string[]];
    child.stdout.on('data', (data: Buffer) => out.push(String(data)));
    child.stderr.on('data', (data: Buffer) => {
      err.push(String(data));
      if (String(data).includes('2 of 3')) child.kill('SIGINT');
    });
    const status = await new Promise((resolve) => child.on('exit', resolve));
    // eslint-disable-next-line no-control-regex -- the bar clears its line
    const messages = err.join('').replace(/\r\x1b\[K(\[[= ]+\] \d of \d)?/g, '');
    assert.deepEqual([status, messages], [0, '']);
    const { rows, verdict } = JSON.parse(out.join('')) as { rows: { steps: number }[]; verdict: string };
    assert.deepEqual(rows.map(({ steps }) => steps), [4]); // prettier-ignore
    assert.match(
      verdict,
      /^Cancelled after 2 of 3; so far: No method reaches an error of 0\.01 here: Heun comes closest/,
    );
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseExperiment } from '../../../src/core/experiment/document';
import { fromJson, toJson } from '../../../src/core/text/json';
import { createDynamics } from '../../../src/core/dynamics';
import { CodedError, InputError } from '../../../src/core/registry/problem';
import type { PathChoice } from '../../../src/core/compare/comparedPaths';
import { TrainerService } from '../../../src/trainer/service/trainerService';

const experimentOf = (rest: object) => {
  const { experiment, problems } = parseExperiment(JSON.stringify({ version: 1, name: 'Kept', schedules: [{ id: 'cosine' }], ...rest })); // prettier-ignore
  assert.ok(experiment, JSON.stringify(problems));
  return experiment;
};

describe('stored comparisons', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'noprop-kept-'));
  after(() => rmSync(folder, { recursive: true }));
  const trainer = new TrainerService('dist');
  const experiment = experimentOf({ dynamics: 'residual', comparison: { problem: 'mixture', steps: [4, 8] } });

  it('a comparison is stored with its experiment, read again with its NaNs, listed and deleted', async () => {
    const made = await trainer.call('compare', [{ experiment, folder, runs: folder }]);
    assert.match(made.id, /^comparisons\/kept\/.+\.json$/);
    // An exponential method has no clock here, so it has no error.
    assert.ok(made.picture.rows.some(({ error }) => Number.isNaN(error)));
    assert.equal(toJson(await trainer.call('comparison', [path.join(folder, made.id)])), toJson(made));
    const again = await trainer.call('compare', [{ experiment, folder, runs: folder }]);
    assert.notEqual(again.id, made.id);
    await trainer.call('compare', [{ experiment: { ...experiment, name: 'Other' }, folder, runs: folder }]);
    const listed = await trainer.call('comparisons', [folder, 'Kept']);
    assert.deepEqual(new Set(listed.map(({ id }) => id)), new Set([made.id, again.id]));
    assert.equal(listed[0]!.verdict, again.picture.verdict);
    await trainer.call('removeComparison', [path.join(folder, made.id)]);
    assert.deepEqual((await trainer.call('comparisons', [folder, 'Kept'])).map(({ id }) => id), [again.id]); // prettier-ignore
    assert.deepEqual(await trainer.call('comparisons', [path.join(folder, 'nowhere'), 'Kept']), []);
    const { rows, damaged } = await trainer.call('runs', [folder]);
    assert.deepEqual([...rows, ...damaged], [], 'they are no runs');
  });

  it('without a folder of runs it is not stored; another file is refused, and not deleted', async () => {
    assert.equal((await trainer.call('compare', [{ experiment, folder }])).id, '');
    const file = path.join(folder, 'mine.json');
    writeFileSync(file, '{"picture": 1}');
    await assert.rejects(async () => trainer.call('comparison', [file]), new InputError(`${file} is no comparison`));
    await assert.rejects(async () => trainer.call('removeComparison', [file]), InputError);
    await assert.rejects(
      async () => trainer.call('comparison', [path.join(folder, 'x')]),
      /x cannot be read: there is no such file/,
    );
  });

  it('one with a damaged part is refused by its place', async () => {
    const kept = readFileSync('test/fixtures/0.1.0/kept-comparison.json', 'utf8');
    const file = path.join(folder, 'damaged.json');
    for (const [from, to, place] of [
      ['"gridTitle": "Uniform in t"', '"gridTitle": null', /is damaged: picture\.rows\[0\]\.gridTitle: /],
      ['"slopes": [', '"slopes": 3, "was": [', /is damaged: picture\.slopes: /],
      ['"schedules": [', '"schedules": [3, ', /is damaged: experiment\.schedules\[0\]: /],
    ] as const) {
      assert.ok(kept.includes(from), from);
      writeFileSync(file, kept.replace(from, to));
      await assert.rejects(async () => trainer.call('comparison', [file]), place);
    }
  });

  it('one that is cancelled has the rows that were done, and is stored; with no row it is refused', async () => {
    const long = experimentOf({ comparison: { problem: 'mixture', integrators: ['heun'], steps: [4, 8, 100_000], paths: 2000 } }); // prettier-ignore
    const shares: string[] = [];
    const stopping = (at: number) => {
      const controller = new AbortController();
      return trainer.call('compare', [{ experiment: long, folder, runs: folder }], {
        signal: controller.signal,
        onProgress: ({ done, total }) => {
          shares.push(`${done} of ${total}`);
          if (done === at) controller.abort();
        },
      });
    };
    const { id, picture } = await stopping(3);
    assert.deepEqual(picture.rows.map(({ steps }) => steps), [4, 8]); // prettier-ignore
    assert.match(picture.verdict, /^Cancelled after 3 of 4; so far: /);
    assert.deepEqual(shares, ['0 of 4', '1 of 4', '2 of 4', '3 of 4'], 'each share is told once');
    assert.equal((await trainer.call('comparison', [path.join(folder, id)])).picture.verdict, picture.verdict);
    await assert.rejects(
      async () => stopping(0),
      new CodedError('cancelled', 'the comparison was cancelled before anything was measured'),
    );
  });

  it('JSON keeps NaN and infinities', () => {
    const value = { a: [NaN, Infinity, -Infinity, 0.1, -0.5], b: 'NaN of them', c: null };
    assert.deepEqual(fromJson(toJson(value)), value);
  });
});

describe('paths of chosen rows', () => {
  const trainer = new TrainerService('dist');
  const task = (rest: object) => ({ experiment: experimentOf(rest), folder: '.' });
  const row = (integrator: string, steps: number, rest: object = {}): PathChoice => ({ integrator, grid: 'uniform-t', steps, ...rest }); // prettier-ignore

  it('two methods and the reference start at the same states, and have their drift', async () => {
    const paths = await trainer.call('comparedPaths', [task({ dynamics: 'probability-flow', comparison: { problem: 'mixture' } }), [row('euler', 4), row('rk4', 64)]]); // prettier-ignore
    assert.deepEqual(paths.lines.map(({ label, row: at }) => [label, at]), [['Euler, 4 steps, Uniform in t', 0], ['Runge-Kutta 4, 64 steps, Uniform in t', 1], ['reference', undefined]]); // prettier-ignore
    const [euler, fine, reference] = paths.lines.map(({ states }) => [...states.slice(0, paths.n), ...states.slice(-paths.n)]); // prettier-ignore
    assert.equal(paths.n, 12);
    assert.deepEqual(euler!.slice(0, 12), reference!.slice(0, 12), 'the same starts');
    const apart = (one: number[]) => Math.max(...one.map((z, i) => Math.abs(z - reference![i]!)));
    assert.ok(apart(fine!) < 1e-5 && apart(euler!) > 0.02, `${apart(fine!)} ${apart(euler!)}`);
    assert.deepEqual([...paths.lines[0]!.times], [0, 0.25, 0.5, 0.75, 1]);
    const { field } = paths;
    const flow = createDynamics('probability-flow').clock!;
    assert.ok(Math.abs(field!.pull[20]! - flow.pull(0)) < 1e-12, 'the drift of this dynamics at log-SNR 0');
    assert.ok(paths.lines.every(({ states }) => states.every((z) => z >= field!.low && z <= field!.high)));
  });

  it('shows a method with its own steps, and a grid with parameters', async () => {
    const grids = [{ id: 'karras', params: { rho: 3 } }];
    const paths = await trainer.call('comparedPaths', [
      task({ comparison: { problem: 'gaussian', grids } }),
      [row('dopri5', 0, { tolerance: 1e-6 }), row('heun', 8, { grid: 'karras (ρ 3)' })],
    ]);
    assert.equal(paths.lines[0]!.label, 'Dormand-Prince 5(4), own steps at 1·10⁻⁶');
    assert.equal(paths.lines[1]!.times.length, 9);
    await assert.rejects(async () => trainer.call('comparedPaths', [task({}), [row('heun', 8, { grid: 'karras' })]]), /the grid karras is none of this comparison/); // prettier-ignore
  });

  it('with noise all follow the same Brownian paths, so that finer steps are nearer to the reference', async () => {
    const noisy = { dynamics: { id: 'noprop-forward', noise: true }, comparison: { problem: 'gaussian' } };
    const { lines, n } = await trainer.call('comparedPaths', [
      task(noisy),
      [row('euler-maruyama', 8), row('posterior-step', 128)],
    ]);
    const ends = lines.map(({ states }) => states.slice(-n));
    const apart = (k: number) => Math.sqrt(ends[k]!.reduce((sum, z, i) => sum + (z - ends[2]![i]!) ** 2, 0) / n);
    assert.ok(apart(1) < 0.04 && apart(0) > apart(1), `${apart(0)} ${apart(1)}`);
  });

  it('states of two dimensions are shown in a plane without a drift, and a note says so', async () => {
    const { lines, axes, field, notes, n } = await trainer.call('comparedPaths', [task({ comparison: { problem: 'moons-labels' } }), [row('heun', 32)]]); // prettier-ignore
    assert.deepEqual([axes, field], [['coordinate 1', 'coordinate 2'], undefined]);
    assert.match(notes.join(), /their drift is not drawn/);
    for (let i = 0; i < n; i++) {
      // Each path ends near one of the two one-hot labels.
      const [x, y] = lines[1]!.states.slice(-2 * n).slice(2 * i, 2 * i + 2) as unknown as [number, number];
      assert.ok(Math.min(Math.hypot(x - 1, y), Math.hypot(x, y - 1)) < 0.2, `${x}, ${y}`);
    }
  });
});

import assert from 'node:assert/strict';
import { readExperiment } from '../../../src/core/experiment/document';
import { normalisedClock } from '../../../src/core/dynamics';
import { entryDynamics, type DynamicsEntry } from '../../../src/core/dynamics/entry';
import { newExperiment, type Experiment } from '../../../src/core/experiment/experiment';
import type { TaskProgress } from '../../../src/protocol/progress';
import { QUANTILES, type DynamicsPaths, type DynamicsRow } from '../../../src/core/dynamics/paths';
import { dynamicsTask } from '../../../src/trainer/tasks/dynamics/dynamicsTask';

/** gamma = -6 + 12 t, the default mixture, 40 exact-u steps; what differs is given. */
const experiment = (rest: object = {}): Experiment =>
  readExperiment(
    JSON.stringify({
      ...newExperiment('Test'),
      schedules: [{ id: 'linear-gamma', params: { gammaMin: -6, gammaMax: 6 } }],
      integrator: { id: 'exponential-1', steps: 40 },
      ...rest,
    }),
    'test.noprop.json',
  );

const picture = (rest?: object) => dynamicsTask(experiment(rest), '');
const row = ({ rows }: DynamicsPaths, id: string, noise = false): DynamicsRow =>
  rows.find(({ entry }) => entry.id === id && entry.noise === noise)!;
const noisy = (id: string, rest: object = {}) => ({
  dynamics: { id, noise: true },
  integrator: { id: 'posterior-step', steps: 40 },
  ...rest,
});

/** The largest distance of points from the line through the first and the last, in units of their range. */
function bend(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const last = x.length - 1;
  const slope = (y[last]! - y[0]!) / (x[last]! - x[0]!);
  const range = Math.max(...Array.from(y, Math.abs));
  return Math.max(...Array.from(x, (at, i) => Math.abs(y[0]! + slope * (at - x[0]!) - y[i]!))) / range;
}

const pathOf = ({ drawn, times }: DynamicsPaths, states: Float64Array, i: number) =>
  Array.from(times, (_, k) => states[k * drawn + i]!);

const courseOf = (entry: DynamicsEntry, { logSnr }: DynamicsPaths) =>
  normalisedClock(entryDynamics(entry).clock!, logSnr[0]!, logSnr.at(-1)!);

describe('paths of the dynamics', () => {
  it('integrates the chosen dynamics and its overlays from the same starts', async () => {
    const made = await picture();
    assert.deepEqual(
      made.rows.map(({ entry }) => entry.id),
      ['noprop-forward', 'near-end', 'near-end-rate', 'probability-flow'],
    );
    const { drawn, times } = made;
    assert.equal(times.length, 41);
    const starts = made.rows[0]!.paths.slice(0, drawn);
    assert.deepEqual(
      [...starts],
      [...starts].sort((a, b) => a - b),
      'from the lowest to the highest',
    );
    for (const { paths } of made.rows) assert.deepEqual(paths.slice(0, drawn), starts);
    assert.match(made.problem, /m₁ −1.*64 paths from the normal start, seed 0; 40 steps of Exponential 1/);
  });

  it('keeps quantiles, mean and variance of all paths', async () => {
    // so few that every path is drawn
    const made = await picture({ comparison: { paths: 11 } });
    const { paths, quantiles, mean, variance } = made.rows[0]!;
    for (const k of [0, 17, 40]) {
      const states = [...paths.subarray(k * 11, (k + 1) * 11)].sort((a, b) => a - b);
      // of eleven, the k-th decile is a state
      assert.equal(quantiles[k * QUANTILES.length + 2], states[5]);
      const lowest = (states[0]! + states[1]!) / 2;
      assert.ok(Math.abs(quantiles[k * QUANTILES.length]! - lowest) < 1e-12);
      const middle = states.reduce((sum, z) => sum + z, 0) / 11;
      assert.ok(Math.abs(mean[k]! - middle) < 1e-12);
      const spread = states.reduce((sum, z) => sum + (z - middle) ** 2, 0) / 10;
      assert.ok(Math.abs(variance[k]! - spread) < 1e-12);
    }
  });

  it('measures the gap between every two dynamics, which is 0 at the start and to itself', async () => {
    const made = await picture({ comparison: { paths: 9 } });
    const { gaps, rows, times, drawn } = made;
    const gap = (a: number, b: number, k: number) => gaps[(a * rows.length + b) * times.length + k]!;
    for (const k of [0, 20, 40])
      for (let a = 0; a < rows.length; a++)
        for (let b = 0; b < rows.length; b++) {
          const off = (i: number) => rows[a]!.paths[k * drawn + i]! - rows[b]!.paths[k * drawn + i]!;
          const sum = Array.from({ length: drawn }, (_, i) => off(i) ** 2).reduce((total, one) => total + one, 0);
          assert.ok(Math.abs(gap(a, b, k) - Math.sqrt(sum / drawn)) < 1e-12, `${a} ${b} ${k}`);
        }
    assert.equal(gap(0, 1, 0), 0);
    assert.ok(gap(0, 1, 20) > 0.01);
  });

  it('in its own clock the closed form of every dynamics is a straight line of slope u; in t it is not', async () => {
    const overlays = ['near-end', 'near-end-rate', 'probability-flow'];
    const made = await picture({ dynamics: { id: 'lambda-family', params: { lambda: 1.7 } }, overlays });
    for (const { entry, oracle } of made.rows) {
      const course = courseOf(entry, made);
      const [share, factor] = [made.logSnr.map(course.elapsed), made.logSnr.map(course.factor)];
      assert.deepEqual([share[0], share.at(-1)], [0, 1]);
      for (const i of [0, 5, made.drawn - 1]) {
        const z = pathOf(made, oracle, i);
        const y = z.map((value, k) => value * factor[k]!);
        assert.ok(bend(share, y) < 1e-10, `${entry.id}: ${bend(share, y)}`);
        for (const [name, axis] of [
          ['t', made.times],
          ['log-SNR', made.logSnr],
        ] as const)
          assert.ok(bend(axis, z) > 0.01, `${entry.id} is straight in ${name}`);
      }
    }
    // the clock of eq. 26 is the SNR itself
    const snr = (await picture()).logSnr.map(Math.exp);
    const { elapsed: share } = courseOf({ id: 'noprop-forward', params: {}, noise: false }, made);
    made.logSnr.forEach((at, k) =>
      assert.ok(Math.abs(share(at) - (snr[k]! - snr[0]!) / (snr.at(-1)! - snr[0]!)) < 1e-12),
    );
  });

  it('the same seed gives the same noise, another seed another, and more paths do not change the first ones', async () => {
    const { rows } = await picture(noisy('noprop-forward'));
    const [one] = (await picture(noisy('noprop-forward'))).rows;
    assert.deepEqual(rows[0], one);
    const other = (await picture(noisy('noprop-forward', { seed: 1 }))).rows[0]!;
    assert.notDeepEqual(other.paths, one!.paths);
    const ends = async (paths: number) => {
      const made = await picture(noisy('noprop-forward', { comparison: { paths }, start: 'zero' }));
      return [...made.rows[0]!.paths.slice(-made.drawn)];
    };
    const [few, more] = [await ends(3), await ends(12)];
    assert.deepEqual(few, more.slice(0, 3));
  });

  it('with its noise it keeps the law of the data; without it, it collapses, and a note gives both means', async () => {
    const many = { comparison: { paths: 4000 }, start: 'exact', overlays: ['noprop-forward', 'probability-flow'] };
    const made = await picture(noisy('noprop-forward', { ...many, integrator: { id: 'posterior-step', steps: 200 } }));
    const truth = made.truth!.variance.at(-1)!;
    const [sde, ode, flow] = [
      row(made, 'noprop-forward', true),
      row(made, 'noprop-forward'),
      row(made, 'probability-flow'),
    ];
    for (const kept of [sde, flow])
      assert.ok(Math.abs(kept.variance.at(-1)! - truth) < 0.08 * truth, `${kept.variance.at(-1)} of ${truth}`);
    assert.ok(Math.abs(sde.mean.at(-1)! - 0.1998) < 0.06, String(sde.mean.at(-1)));
    assert.ok(Math.abs(ode.mean.at(-1)! - 0.894) < 0.06, String(ode.mean.at(-1)));
    assert.ok(ode.variance.at(-1)! < 0.5 * truth);
    assert.equal(made.notes.filter((note) => note.includes('does not keep the law')).length, 1);
    assert.match(
      made.notes[0]!,
      /^NoProp forward process without its noise.*mean ends at 0\.8\d+ \(true 0\.1998\).*x decides/,
    );
    assert.match(made.notes.at(-1)!, /run by Exponential 1, as Posterior step draws noise/);
  });

  it('has the exact variance where the data are Gaussian, with the noise and without', async () => {
    const gaussian = { denoiser: { id: 'gaussian', params: { mean: 0.5, sd: 0.5 } }, comparison: { paths: 3000 } };
    const steps = 200;
    for (const setting of [
      { ...gaussian, integrator: { id: 'rk4', steps }, overlays: ['near-end', 'probability-flow', 'residual'] },
      { ...gaussian, ...noisy('lambda-family', { integrator: { id: 'posterior-step', steps }, overlays: [] }) },
    ])
      for (const { entry, variance, theory } of (await picture(setting)).rows)
        for (const [i, k] of [...theory!.steps].entries()) {
          const [sample, exact] = [variance[k]!, theory!.variance[i]!];
          assert.ok(Math.abs(sample - exact) < 0.11 * exact, `${entry.id} at ${k}: ${sample} where ${exact} is exact`);
        }
  });

  it('leaves out an overlay that the method cannot run, and refuses it as the chosen dynamics', async () => {
    const made = await picture({ overlays: ['residual', 'near-end'] });
    assert.deepEqual(
      made.rows.map(({ entry }) => entry.id),
      ['noprop-forward', 'near-end'],
    );
    assert.ok(made.notes.some((note) => /^Residual is left out: exponential-1 needs .* clock/.test(note)));
    await assert.rejects(picture({ dynamics: 'residual' }), /exponential-1 needs an integrating factor and a clock/);
    await assert.rejects(picture({ dynamics: { id: 'noprop-forward', noise: true } }), /noise is on/);
    await assert.rejects(picture({ dynamics: { id: 'near-end', noise: true } }), /has no noise of its own/);
  });

  it('the drift field is the slope of the paths', async () => {
    const made = await picture({ integrator: { id: 'rk4', steps: 200 }, overlays: [] });
    const { times, logSnr, field, drawn } = made;
    const { paths } = made.rows[0]!;
    const { low, high, size, u, pull, decay } = field!;
    const column = 20; // gamma = 0
    const k = logSnr.findIndex((at) => at >= field!.logSnr[column]! - 1e-9);
    assert.ok(Math.abs(times[k]! - field!.times[column]!) < 1e-9);
    for (const i of [1, 6, 10]) {
      const z = paths[k * drawn + i]!;
      const slope = (paths[(k + 1) * drawn + i]! - paths[(k - 1) * drawn + i]!) / (logSnr[k + 1]! - logSnr[k - 1]!);
      const place = ((z - low) / (high - low)) * (size - 1);
      const below = Math.floor(place);
      const [a, b] = [u[column * size + below]!, u[column * size + below + 1]!];
      const drift = pull[column]! * (a + (b - a) * (place - below)) - decay[column]! * z;
      assert.ok(Math.abs(drift - slope) < 0.01, `${drift} and ${slope}`);
    }
  });

  it('shows states of several dimensions in a plane, and their first coordinate over t', async () => {
    const made = await picture({ denoiser: { id: 'ideal-data' }, comparison: { paths: 5 }, overlays: [] });
    assert.equal(made.d, 2);
    assert.equal(made.field, undefined);
    const { axes, paths } = made.plane!;
    assert.deepEqual(axes, ['coordinate 1', 'coordinate 2']);
    assert.deepEqual(
      made.rows[0]!.paths,
      paths[0]!.filter((_, i) => i % 2 === 0),
    );
    const digits = { data: { id: 'blobs', params: { centers: 5 } }, denoiser: { id: 'ideal-labels' } };
    const labels = await picture({ ...digits, comparison: { paths: 5 }, overlays: [] });
    assert.equal(labels.d, 5);
    assert.match(labels.plane!.axes[0], /axis 1 \(\d+ % of the variance\)/);
    // paths end at corners, which project to corners
    const { points } = labels.plane!;
    const end = labels.plane!.paths[0]!.slice(-2);
    const nearest = Math.min(
      ...Array.from({ length: points.length / 2 }, (_, i) =>
        Math.hypot(points[2 * i]! - end[0]!, points[2 * i + 1]! - end[1]!),
      ),
    );
    assert.ok(nearest < 0.1, String(nearest));
  });

  it('keeps at most 201 of many times, with both ends, and says so', async () => {
    const made = await picture({ integrator: { id: 'euler', steps: 1234 }, comparison: { paths: 4 } });
    assert.deepEqual([made.times.length, made.times[0], made.times.at(-1)], [201, 0, 1]);
    assert.match(made.problem, /1234 steps of Euler \(Uniform in t\), 200 of them shown/);
  });

  it('a note says when a path diverges', async () => {
    const schedules = [{ id: 'linear-gamma', params: { gammaMin: -5, gammaMax: 700 } }];
    const stiff = { schedules, window: { logSnr: 700 }, integrator: { id: 'euler', steps: 200 } };
    const made = await picture({ ...stiff, denoiser: { id: 'constant' }, overlays: [] });
    assert.match(made.notes[0]!, /^NoProp forward process diverges at t = 0\.\d+: take more than 200 steps/);
  });

  it('reports its progress, and stops when it is cancelled', async () => {
    const heavy = experiment({ comparison: { paths: 3000 }, integrator: { id: 'rk4', steps: 300 } });
    const shares: TaskProgress[] = [];
    const stop = new AbortController();
    const progress = (share: TaskProgress) => {
      shares.push(share);
      if (shares.length === 3) stop.abort();
    };
    await assert.rejects(dynamicsTask(heavy, '', { signal: stop.signal, progress }), /was cancelled/);
    assert.ok(shares[0]!.done > 0 && shares[2]!.done < shares[2]!.total && shares[0]!.done < shares[2]!.done);
    assert.match(shares[0]!.what!, /, \d+ of 3000 paths/);
  });
});

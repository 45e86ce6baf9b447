import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createDynamics, dynamics } from '../../../src/core/dynamics';
import { defaults } from '../../../src/core/registry/parameters';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import { InputError } from '../../../src/core/registry/problem';
import { startBackend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { sampleEvenly } from '../../../src/trainer/data/examples';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import { samplerOf } from '../../../src/trainer/training/models';
import { type Model } from '../../../src/trainer/sampling/model';
import { weightsUnder } from '../../../src/trainer/network/tensors';
import { planTraining, type TrainingPlan } from '../../../src/trainer/training/plan';
import { simulate } from '../../../src/trainer/sampling/simulate';
import { train } from '../../../src/trainer/training/loop';

const wasm = path.resolve('dist');

const experimentOf = (rest: object = {}): Experiment =>
  experimentSchema.parse({
    version: 1,
    name: 'Moons',
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'two-moons', params: { n: 1000 } },
    model: { hidden: [32, 32] },
    training: { steps: 2500 },
    ...rest,
  });

describe('trainer: sampling', function () {
  this.timeout(60_000);
  let folder = '';
  let plan: TrainingPlan;
  let model: Model;

  before(async () => {
    await startBackend(wasm);
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-sampling-'));
    const experiment = experimentOf();
    plan = planTraining(experiment, await loadData(experiment, '.'));
    model = plan.kind.open(plan, weightsUnder((await train(plan)).snapshot.weights, ''));
  });
  after(async () => {
    model.dispose();
    await fs.rm(folder, { recursive: true });
  });

  const accuracy = (experiment: Experiment) => {
    const z = simulate(model, samplerOf(experiment), plan.test);
    const right = plan.test.labels.filter((label, i) => Number(z[2 * i + 1]! > z[2 * i]!) === label).length;
    return right / plan.test.n;
  };

  it('with a tolerance in place of a step count, the method takes its own steps and reports how many', () => {
    const by = (integrator: object) => {
      let taken = { evaluations: 0, accepted: 0, rejected: 0 };
      const experiment = experimentOf({ dynamics: 'probability-flow', integrator });
      const z = simulate(model, samplerOf(experiment), plan.test, { onDone: (evaluations, steps) => (taken = { evaluations, ...steps }) }); // prettier-ignore
      return { z, taken };
    };
    const fine = by({ id: 'rk4', steps: 400 });
    assert.deepEqual(fine.taken, { evaluations: 1600, accepted: 400, rejected: 0 });
    const apart = ({ z }: { z: Float64Array }) => Math.sqrt(z.reduce((sum, value, i) => sum + (value - fine.z[i]!) ** 2, 0) / z.length); // prettier-ignore
    const [loose, tight] = [1e-2, 1e-5].map((tolerance) => by({ id: 'dopri5', steps: 7, tolerance })) as [typeof fine, typeof fine]; // prettier-ignore
    assert.ok(loose.taken.accepted < tight.taken.accepted && tight.taken.accepted < 200, JSON.stringify([loose.taken, tight.taken])); // prettier-ignore
    assert.ok(apart(tight) < 1e-3 && apart(tight) < apart(loose) / 5, `${apart(tight)} ${apart(loose)}`);
    assert.equal(samplerOf(experimentOf({ integrator: { id: 'bs23', tolerance: 1e-3, steps: 5 } })).times.length, 6);
    const other = samplerOf(experimentOf({ integrator: { id: 'bs23', tolerance: 1e-3 } }), { steps: 9 });
    assert.deepEqual([other.times.length, !other.direct && other.tolerance], [10, undefined]);
  });

  it('the paths of the dynamics by a tolerance report its evaluations, and equal those of many steps', async () => {
    const trainer = new TrainerService(wasm);
    const pictureOf = (integrator: object) => trainer.call('dynamics', [experimentOf({ dynamics: 'probability-flow', overlays: ['near-end'], integrator }), folder]); // prettier-ignore
    const own = await pictureOf({ id: 'tsit5', steps: 10, tolerance: 1e-6 });
    assert.match(own.problem, /own steps of Tsitouras 5\(4\) at tolerance 1·10⁻⁶: \d+ steps.*; \d+ evaluations of u a path; shown at 11 times\./); // prettier-ignore
    const many = await pictureOf({ id: 'rk4', steps: 100 });
    for (const row of [0, 1])
      for (let k = 0; k <= 10; k++)
        assert.ok(Math.abs(own.rows[row]!.mean[k]! - many.rows[row]!.mean[10 * k]!) < 1e-4, `${row}, time ${k}`);
  });

  for (const family of dynamics)
    it(`${family.id}: carries rows to their class, without its noise and with it`, () => {
      const entry = { id: family.id, params: defaults(family) };
      const steps = { id: 'euler', steps: 200 };
      const plain = accuracy(experimentOf({ dynamics: entry, integrator: steps }));
      // Without a clock a dynamics may be too slow to leave its start behind.
      assert.ok(plain > (createDynamics(family.id).clock ? 0.9 : 0.7), String(plain));
      if (createDynamics(family.id).noise === undefined) return;
      const noisy = { dynamics: { ...entry, noise: true }, integrator: { ...steps, id: 'posterior-step' } };
      assert.ok(accuracy(experimentOf(noisy)) > 0.9);
    });

  it('the noise of a row does not depend on the other rows, but on the seed', () => {
    const noisy = { dynamics: { id: 'noprop-forward', noise: true }, integrator: { id: 'posterior-step', steps: 10 } };
    const sampler = samplerOf(experimentOf(noisy));
    const whole = simulate(model, sampler, plan.test);
    const few = sampleEvenly(plan.test, 7);
    const part = simulate(model, sampler, few);
    const place = (id: number) => plan.test.ids.indexOf(id);
    few.ids.forEach((id, i) => {
      for (const j of [0, 1]) assert.ok(Math.abs(part[2 * i + j]! - whole[2 * place(id) + j]!) < 1e-4, `row ${id}`);
    });
    assert.deepEqual(simulate(model, sampler, plan.test), whole);
    assert.notDeepEqual(simulate(model, samplerOf(experimentOf({ ...noisy, seed: 1 })), plan.test), whole);
  });

  it('a method that does not fit the dynamics is refused before anything is trained', () => {
    const noisy = experimentOf({ dynamics: { id: 'noprop-forward', noise: true } });
    assert.throws(() => samplerOf(noisy), new InputError('euler follows an ODE, and dynamics.noise is on: choose a stochastic method or turn the noise off')); // prettier-ignore
    const method = { dynamics: { id: 'near-end', params: {}, noise: false }, integrator: 'posterior-step' };
    assert.throws(() => samplerOf(experimentOf(), method), /the dynamics near-end has none of its own/);
  });

  it('a run whose experiment names its dynamics by the id alone still opens', async () => {
    const trainer = new TrainerService(wasm);
    const experiment = experimentOf({ training: { steps: 50 }, dynamics: 'near-end' });
    const { id } = await trainer.call('train', [{ experiment, folder: '.', runs: folder }]);
    const file = path.join(folder, id, 'experiment.json');
    const kept = JSON.parse(await fs.readFile(file, 'utf8')) as { dynamics: unknown };
    assert.deepEqual(kept.dynamics, { id: 'near-end', params: {}, noise: false });
    const evaluate = () => trainer.call('evaluate', [path.join(folder, id), { part: 'test', limit: 1000 }]);
    const before = await evaluate();
    await fs.writeFile(file, JSON.stringify({ ...kept, dynamics: 'near-end' }));
    const after = await evaluate();
    assert.deepEqual(after.confusion, before.confusion);
  });

  it('paths and comparisons read the data that u is made from, relative to the experiment’s folder', async () => {
    const trainer = new TrainerService(wasm);
    const iris = { data: { id: 'csv', path: 'iris.csv', label: 'species' }, comparison: { steps: [8], paths: 4 } };
    const samples = path.resolve('media/samples');
    for (const [id, d] of [
      ['ideal-data', 4],
      ['ideal-labels', 3],
    ] as const) {
      // prettier-ignore
      const experiment = experimentOf({ ...iris, denoiser: { id } });
      const picture = await trainer.call('dynamics', [experiment, samples]);
      assert.match(picture.problem, /\(iris\.csv\)/);
      assert.ok(picture.rows.every(({ paths, variance }) => [...paths, ...variance].every(Number.isFinite)));
      const { picture: compared } = await trainer.call('compare', [{ experiment, folder: samples }]);
      const { rows } = compared;
      assert.ok(rows.every(({ status, error }) => status === 'done' && error < d));
      await assert.rejects(
        async () => trainer.call('dynamics', [experiment, folder]),
        /iris\.csv cannot be read: there is no such file/,
      );
    }
  });
});

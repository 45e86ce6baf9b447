import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { generateDataset, splitDataset } from '../../../src/core/datasets';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import { InputError } from '../../../src/core/registry/problem';
import type { RunRecord } from '../../../src/core/runs/record';
import { startBackend, type Backend } from '../../../src/trainer/engine/backend';
import { loadData } from '../../../src/trainer/data/load';
import { TrainerService } from '../../../src/trainer/service/trainerService';
import { validationError } from '../../../src/trainer/training/earlyStopping';
import { planTraining } from '../../../src/trainer/training/plan';
import { readWeights } from '../../../src/trainer/runs/runFolder';
import { readTensors, writeTensors } from '../../../src/trainer/runs/safetensors';
import { weightsUnder, type Tensor } from '../../../src/trainer/network/tensors';
import { trainRun } from '../../../src/trainer/runs/trainRun';
import { train } from '../../../src/trainer/training/loop';

const dist = path.resolve('dist');

const experimentOf = (training: object = {}, rest: object = {}): Experiment =>
  experimentSchema.parse({
    version: 1,
    name: 'Kept',
    schedules: [{ id: 'linear-gamma' }],
    data: { id: 'two-moons', params: { n: 300, noise: 0.4 } },
    model: { hidden: [32] },
    training: { steps: 400, batch: 64, ...training },
    ...rest,
  });
const planFor = async (experiment: Experiment) => planTraining(experiment, await loadData(experiment, '.'));

describe('trainer: early stopping, checkpoints and weights', function () {
  this.timeout(60_000);
  let runs = '';
  let backend: Backend;
  const trainer = new TrainerService(dist);
  const run = (experiment: Experiment, resume?: string, signal?: AbortSignal) =>
    trainRun({ experiment, folder: '.', runs, resume }, { backend, signal });
  const at = ({ id }: RunRecord, ...names: string[]) => path.join(runs, id, ...names);

  before(async () => {
    backend = await startBackend(dist);
    runs = await fs.mkdtemp(path.join(os.tmpdir(), 'noprop-kept-'));
  });
  after(() => fs.rm(runs, { recursive: true }));

  it('takes validation rows out of the train rows by class and seed, and does not change the test rows', () => {
    const data = generateDataset('blobs', { n: 200 }, 0);
    const [plain, split] = [splitDataset(data, 0.2, 3), splitDataset(data, 0.2, 3, 0.25)];
    assert.deepEqual(split.test, plain.test);
    assert.deepEqual(
      [...split.train, ...split.validation!].sort((a, b) => a - b),
      [...plain.train],
    );
    const classes = new Set(data.labels);
    for (const c of classes) {
      const count = (rows: Int32Array) => rows.filter((i) => data.labels[i] === c).length;
      assert.equal(count(split.validation!), Math.round(0.25 * count(plain.train)));
    }
    assert.notDeepEqual(splitDataset(data, 0.2, 4, 0.25).validation, split.validation);
  });

  // a rate this high makes the error on rows set aside go up and down
  const patient = { steps: 4000, learningRate: 0.05, patience: 3, validationShare: 0.3 };

  it('stops early without improvement on the validation rows, and predicts with the best weights', async () => {
    const plan = await planFor(experimentOf(patient));
    const outcome = await train(plan);
    assert.equal(outcome.state, 'done');
    const { bestStep, snapshot, message } = outcome;
    assert.ok(
      snapshot.step < 4000 && snapshot.step === bestStep! + 3 * plan.evaluationInterval,
      `${bestStep} ${snapshot.step}`,
    );
    assert.match(message!, new RegExp(`^stopped early, after 3 evaluations without improvement: the weights of step ${bestStep} are kept`)); // prettier-ignore
    // the same training without patience, on the same rows, had these very weights at that step, and worse ones later
    const errors = new Map<number, number>();
    const whole = await train(
      { ...plan, patience: Infinity, checkpointInterval: plan.evaluationInterval },
      {
        onCheckpoint: (step, weights) => {
          if (step === bestStep) assert.deepEqual(weights, snapshot.weights);
          const model = plan.kind.open(plan, weightsUnder(weights));
          errors.set(step, validationError(plan, model, plan.validation!));
          model.dispose();
        },
      },
    );
    assert.ok(whole.snapshot.step === 4000);
    const best = errors.get(bestStep!)!;
    for (const [step, error] of errors) assert.ok(step > snapshot.step || error >= best, `${step}: ${error} < ${best}`);
  });

  it('resumes after a stop to the same early end, with its patience and its best weights', async () => {
    const plan = await planFor(experimentOf(patient));
    const whole = await train(plan);
    const stopping = new AbortController();
    const part = await train(plan, {
      signal: stopping.signal,
      onSave: ({ state }) => state.stopping && state.stopping.values[2]! > 0 && stopping.abort(),
    });
    assert.equal(part.state, 'stopped');
    assert.ok(part.snapshot.step < whole.snapshot.step);
    const rest = await train(plan, { resume: part.snapshot });
    assert.deepEqual(rest.snapshot, whole.snapshot);
    assert.deepEqual([rest.bestStep, rest.message], [whole.bestStep, whole.message]);
  });

  it('without patience no row is set aside; with it the record has their number and the step that was kept', async () => {
    const [plain, kept] = [await run(experimentOf()), await run(experimentOf({ patience: 39, validationShare: 0.25 }))];
    assert.deepEqual([plain.data.trainRows, plain.data.testRows, plain.data.validationRows], [240, 60, undefined]);
    assert.deepEqual([kept.data.trainRows, kept.data.testRows, kept.data.validationRows], [180, 60, 60]);
    assert.ok(kept.bestStep! > 0 && kept.step === 400 && plain.bestStep === undefined);
    assert.match(kept.message!, /^the weights of step \d+ are kept, the best on 60 validation rows$/);
    const evaluation = await trainer.call('evaluate', [at(kept), { part: 'test', limit: Infinity }]);
    assert.equal(evaluation.accuracy, kept.testAccuracy);
  });

  it('refuses a share too small to set a row aside', async () => {
    const data = { id: 'two-moons', params: { n: 10 }, testShare: 0.8 };
    await assert.rejects(
      planFor(experimentOf({ patience: 1 }, { data })),
      /2 train rows are too few to set a share of 0\.1 aside for early stopping: set training\.patience to 0/,
    );
  });

  it('keeps checkpoints that can be evaluated, and has all of them after a stop and a resume', async () => {
    const experiment = experimentOf({ checkpoints: 100 });
    const whole = await run(experiment);
    assert.deepEqual(whole.checkpoints, [100, 200, 300]);
    assert.deepEqual((await fs.readdir(at(whole, 'checkpoints'))).sort(), [100, 200, 300].map((n) => `step-${n}.safetensors`)); // prettier-ignore
    const rows = { part: 'test', limit: Infinity } as const;
    const early = await trainer.call('evaluate', [{ run: at(whole), checkpoint: 100 }, rows]);
    const end = await trainer.call('evaluate', [at(whole), rows]);
    assert.equal(end.accuracy, whole.testAccuracy);
    assert.notDeepEqual(early.confusion, end.confusion);
    await assert.rejects(
      trainer.call('evaluate', [{ run: at(whole), checkpoint: 150 }, rows]),
      /Kept has no checkpoint at step 150: it has 100, 200, 300/,
    );
    const stopping = new AbortController();
    const part = await trainRun(
      { experiment, folder: '.', runs },
      { backend, signal: stopping.signal, onProgress: ({ step }) => step > 0 && stopping.abort() },
    );
    assert.equal(part.state, 'stopped');
    const done = await run(experiment, part.id);
    assert.deepEqual([done.state, done.checkpoints], ['done', [100, 200, 300]]);
    for (const checkpoint of [100, 200, 300])
      assert.deepEqual(
        await readWeights({ run: at(done), checkpoint }),
        await readWeights({ run: at(whole), checkpoint }),
      );
    const state = (record: RunRecord) => fs.readFile(at(record, 'state.safetensors'));
    assert.deepEqual(await state(done), await state(whole));
  });

  it('exports weights with their description, and imports them as a run with the same predictions', async () => {
    const experiment = experimentOf({ checkpoints: 200 });
    const record = await run(experiment);
    const out = path.join(runs, 'weights.safetensors');
    await trainer.call('exportWeights', [{ run: at(record), checkpoint: 200 }, out]);
    assert.equal(readTensors(await fs.readFile(out)).metadata.step, '200');
    await trainer.call('exportWeights', [at(record), out]);
    const { tensors, metadata } = readTensors(await fs.readFile(out));
    assert.deepEqual(JSON.parse(metadata.classes!), ['0', '1']);
    assert.deepEqual(JSON.parse(metadata.experiment!), experiment);
    const shapes = JSON.parse(metadata.shapes!) as Record<string, number[]>;
    assert.deepEqual(shapes, Object.fromEntries(Object.entries(tensors).map(([name, { shape }]) => [name, shape])));
    assert.deepEqual(shapes['layers.0.kernel'], [20, 32]);

    const imported = await trainer.call('importWeights', [{ experiment, folder: '.', runs }, out]);
    assert.deepEqual(
      [imported.state, imported.step, imported.testAccuracy, imported.message],
      ['done', 400, record.testAccuracy, 'imported from weights.safetensors'],
    );
    assert.deepEqual(await readWeights(at(imported)), await readWeights(at(record)));
    const rows = { part: 'test', limit: Infinity } as const;
    assert.deepEqual(
      (await trainer.call('evaluate', [at(imported), rows])).confusion,
      (await trainer.call('evaluate', [at(record), rows])).confusion,
    );
    const other = await trainer.call('importWeights', [
      { experiment: { ...experiment, seed: 9 }, folder: '.', runs },
      out,
    ]);
    assert.match(other.message!, /the experiment that made the weights has other seed$/);
  });

  it('imports no weights that do not fit, and names the tensor, its shape and the shape that is needed', async () => {
    const experiment = experimentOf();
    const record = await run(experiment);
    const file = path.join(runs, 'other.safetensors');
    const { tensors } = readTensors(await fs.readFile(at(record, 'weights.safetensors')));
    const before = await fs.readdir(runs);
    const refuses = async (change: Record<string, Tensor | undefined>, message: RegExp) => {
      const changed = Object.entries({ ...tensors, ...change }).filter(([, entry]) => entry);
      await fs.writeFile(file, writeTensors({ tensors: Object.fromEntries(changed) as typeof tensors, metadata: {} }));
      await assert.rejects(
        trainer.call('importWeights', [{ experiment, folder: '.', runs }, file]),
        (error) => error instanceof InputError && message.test(error.message),
      );
    };
    const kernel = tensors['layers.0.kernel']!;
    const bad = Float32Array.from(kernel.values).fill(NaN, 7, 8);
    await refuses({ 'layers.1.bias': undefined }, /the tensor "layers\.1\.bias" \(2\) is missing/);
    await refuses({ extra: { shape: [2, 2], values: new Float32Array(4) } }, /the tensor "extra" \(2 x 2\) is none of the model's: it has layers\.0\.kernel, /); // prettier-ignore
    await refuses({ 'layers.0.kernel': { shape: [32, 20], values: new Float32Array(640) } }, /"layers\.0\.kernel" is 32 x 20: the model needs 20 x 32/); // prettier-ignore
    await refuses({ 'layers.0.kernel': { ...kernel, values: bad } }, /"layers\.0\.kernel" \(20 x 32\) holds NaN at place 7: finite numbers/); // prettier-ignore
    await refuses({ 'layers.0.kernel': { ...kernel, values: new Int32Array(640) } }, /holds whole numbers: F32 or F64 is needed/); // prettier-ignore
    await fs.writeFile(file, 'no weights');
    await assert.rejects(
      trainer.call('importWeights', [{ experiment, folder: '.', runs }, file]),
      /other\.safetensors: not a safetensors file/,
    );
    assert.deepEqual(await fs.readdir(runs), [...before, 'other.safetensors'].sort());
  });
});

import assert from 'node:assert/strict';
import { generators } from '../../../src/core/datasets';
import { denoisers } from '../../../src/core/denoisers';
import { parseExperiment } from '../../../src/core/experiment/document';
import { dynamics, dynamicsIds } from '../../../src/core/dynamics';
import { isCsv } from '../../../src/core/datasets/entry';
import { trainingParameters } from '../../../src/core/experiment/fields/training';
import { gridIds } from '../../../src/core/grids';
import { integratorIds } from '../../../src/core/integrators';
import { jsonSchema } from '../../../src/core/experiment/jsonSchema';
import { allowedText, defaults, type Parametric } from '../../../src/core/registry/parameters';
import { starts } from '../../../src/core/process/starts';

const parse = (rest: object) => parseExperiment(JSON.stringify({ version: 1, schedules: [{ id: 'cosine' }], ...rest }));

/** Each problem as "path: message". */
const problems = (rest: object) => parse(rest).problems.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('experiment fields', () => {
  it('everything may be left out, and every default is spelled out', () => {
    const { experiment } = parse({});
    const { version, name, schedules, window, ...rest } = experiment!;
    assert.deepEqual([version, name, schedules.length, window.logSnr], [1, 'Untitled experiment', 1, 15]);
    assert.deepEqual(rest, {
      data: { id: 'two-moons', params: { n: 1000, noise: 0.1 }, testShare: 0.2 },
      model: {
        id: 'ct',
        hidden: [128, 128],
        activation: 'relu',
        residual: false,
        timeFeatures: 16,
        timeEmbedding: 'sinusoidal',
        prediction: 'regression',
        embedding: { id: 'one-hot' },
        readout: 'nearest',
        blocks: 10,
        boundaries: 'equal-loss',
      },
      training: { ...defaults({ parameters: trainingParameters }), times: 'stratified', scheduleLoss: 'variance' },
      dynamics: { id: 'noprop-forward', params: {}, noise: false },
      overlays: ['near-end', 'near-end-rate', 'probability-flow'],
      integrator: { id: 'euler', steps: 20, final: 'auto', finalUnder: 15 },
      grid: { id: 'uniform-t', params: {} },
      start: 'normal',
      seed: 0,
      denoiser: { id: 'mixture', params: { mean1: -1, mean2: 1, weight: 0.4, sd: 0.3 } },
      comparison: {
        integrators: ['euler', 'heun', 'rk4', 'exponential-1'],
        steps: [8, 16, 32, 64, 128],
        tolerances: [],
        finals: ['auto'],
        grids: [],
        norm: 'rms',
        aim: 0.01,
        problem: 'experiment',
        paths: 64,
        seeds: 1,
      },
      sweep: { axes: [], method: 'grid', cells: 16, seeds: 3, factor: 3 },
    });
  });

  it('a part of a section keeps the defaults of the rest, and unknown keys with a warning', () => {
    const { experiment, problems: found } = parse({
      data: { id: 'csv', path: 'a.csv', label: 'y', mine: 1 },
      training: { steps: 5, mine: 2 },
      integrator: { steps: 3 },
      comparison: { paths: 2 },
    });
    assert.deepEqual(
      found.map(({ severity, path, message }) => [severity, path.join('.'), message.split(', ')[0]]),
      [
        ['warning', 'data.mine', 'data has no setting "mine"'],
        ['warning', 'training.mine', 'training has no setting "mine"'],
      ],
    );
    assert.deepEqual(experiment!.data, {
      id: 'csv',
      path: 'a.csv',
      label: 'y',
      missing: 'refuse',
      task: 'classification',
      testShare: 0.2,
      mine: 1,
    });
    assert.ok(isCsv(experiment!.data));
    assert.equal(JSON.stringify(experiment!.training).includes('"mine":2'), true);
    assert.deepEqual(experiment!.integrator, { id: 'euler', steps: 3, final: 'auto', finalUnder: 15 });
    assert.equal(experiment!.comparison.steps.length, 5);
  });

  const rows: readonly (readonly [string, Parametric])[] = [
    ...generators.map((row) => ['data', row] as const),
    ...denoisers.map((row) => ['denoiser', row] as const),
    ...dynamics.map((row) => ['dynamics', row] as const),
  ];
  for (const [field, row] of rows)
    for (const [key, parameter] of Object.entries(row.parameters))
      it(`${field} ${row.id}: ${key} must be ${allowedText(parameter)}`, () => {
        const message = (value: unknown) =>
          `${field}.params.${key}: ${key} must be ${allowedText(parameter)}: got ${JSON.stringify(value)}`;
        const entry = (value: unknown) => ({ [field]: { id: row.id, params: { [key]: value } } });
        const outside = [parameter.min - 1, parameter.max + 1, 'a', null, ...(parameter.integer ? [10.5] : [])];
        for (const value of outside) assert.deepEqual(problems(entry(value)), [message(value)]);
        assert.deepEqual(problems(entry(parameter.default)), []);
      });

  for (const [key, parameter] of Object.entries(trainingParameters))
    it(`training.${key} must be ${allowedText(parameter)}`, () => {
      for (const value of [-1, 'a'])
        assert.deepEqual(problems({ training: { [key]: value } }), [
          `training.${key}: ${key} must be ${allowedText(parameter)}: got ${JSON.stringify(value)}`,
        ]);
    });

  const sources = [...generators.map((row) => row.id), 'csv', 'idx', 'numpy'].join(', ');
  const widths = 'hidden must be a list of 1 to 8 whole numbers from 1 to 4096';
  /** A fragment of an experiment and the one problem it has. */
  const WRONG: readonly (readonly [object, string])[] = [
    [{ data: 1 }, `data: a data set must be an object with an id, one of ${sources}: got 1`],
    [{ data: {} }, `data.id: a data set must be an object with an id, one of ${sources}: got {}`],
    [{ data: { id: 'x' } }, `data.id: unknown data set "x": choose one of ${sources}`],
    [{ data: { id: 'csv', label: 'y' } }, "data.path: path must be the CSV file's path, relative to the experiment's file: got nothing"], // prettier-ignore
    [{ data: { id: 'csv', path: 'a', label: '' } }, 'data.label: label must be the name of the column that holds the labels: got ""'], // prettier-ignore
    [{ data: { id: 'blobs', params: 1 } }, "data.params: params must be an object of blobs's parameters: got 1"],
    [{ data: { id: 'blobs', params: { n: 11, centers: 6 } } }, 'data.params.n: n must be at least two points for each of 6 centers: got 11'], // prettier-ignore
    [{ data: { id: 'blobs', testShare: 1 } }, 'data.testShare: testShare must be a number greater than 0 and less than 1: got 1'], // prettier-ignore
    [{ model: [] }, 'model: model must be an object with id, hidden, activation, residual, timeFeatures, timeEmbedding, prediction, embedding, readout, blocks, boundaries: got []'], // prettier-ignore
    [{ model: { id: 'x' } }, 'model.id: unknown model "x": choose one of ct, dt, fm, backprop'],
    [{ model: { residual: true, hidden: [64, 32] } }, 'model.residual: residual needs two hidden layers of one width in a row: hidden is [64,32]'], // prettier-ignore
    [{ model: { residual: 1 } }, 'model.residual: residual must be true or false: got 1'],
    [{ model: { timeEmbedding: 'x' } }, 'model.timeEmbedding: unknown time embedding "x": choose one of sinusoidal, fourier'], // prettier-ignore
    [{ model: { prediction: 'x' } }, 'model.prediction: unknown prediction "x": choose one of regression, softmax'],
    [{ model: { embedding: 'x' } }, 'model.embedding.id: unknown embedding "x": choose one of one-hot, learned, prototype'], // prettier-ignore
    [{ model: { embedding: { id: 'learned', dimension: 21 } } }, 'model.embedding.dimension: dimension must be a whole number from 2 to 20: got 21'], // prettier-ignore
    [{ model: { readout: 'x' } }, 'model.readout: unknown read-out "x": choose one of nearest, linear'],
    [{ model: { blocks: 0 } }, 'model.blocks: blocks must be a whole number from 1 to 200: got 0'],
    [{ model: { boundaries: 'x' } }, 'model.boundaries: unknown boundaries "x": choose one of equal-loss, uniform-t, uniform-gamma'], // prettier-ignore
    [{ training: { scheduleLoss: 'x' } }, 'training.scheduleLoss: unknown schedule loss "x": choose one of variance, gradient, fixed'], // prettier-ignore
    [{ data: { id: 'csv', path: 'a', label: 'y', task: 'x' } }, 'data.task: unknown task "x": choose one of classification, regression'], // prettier-ignore
    [{ model: { hidden: 64 } }, `model.hidden: ${widths}: got 64`],
    [{ model: { hidden: [] } }, `model.hidden: ${widths}: got []`],
    [{ model: { hidden: [1, 1, 1, 1, 1, 1, 1, 1, 1] } }, `model.hidden: ${widths}: got [1,1,1,1,1,1,1,1,1]`],
    [{ model: { hidden: [64, 0] } }, 'model.hidden.1: a hidden width must be a whole number from 1 to 4096: got 0'],
    [{ model: { activation: 'x' } }, 'model.activation: unknown activation "x": choose one of relu, silu, tanh'],
    [{ model: { timeFeatures: 1 } }, 'model.timeFeatures: timeFeatures must be a whole number from 2 to 256: got 1'],
    [
      { training: 1 },
      `training: training must be an object with ${Object.keys(trainingParameters).join(', ')}, times, scheduleLoss: got 1`,
    ],
    [{ dynamics: 'x' }, `dynamics.id: unknown dynamics "x": choose one of ${dynamicsIds.join(', ')}`],
    [{ dynamics: { id: 'x' } }, `dynamics.id: unknown dynamics "x": choose one of ${dynamicsIds.join(', ')}`],
    [{ dynamics: 1 }, `dynamics: dynamics must be an id, or an object with an id, one of ${dynamicsIds.join(', ')}: got 1`], // prettier-ignore
    [{ dynamics: { noise: true } }, `dynamics.id: dynamics must be an id, or an object with an id, one of ${dynamicsIds.join(', ')}: got {"noise":true}`], // prettier-ignore
    [{ dynamics: { id: 'near-end', noise: 1 } }, 'dynamics.noise: noise must be true or false: got 1'],
    [{ overlays: 'residual' }, 'overlays: overlays must be a list of dynamics: got "residual"'],
    [{ overlays: ['x'] }, `overlays.0: unknown dynamics "x": choose one of ${dynamicsIds.join(', ')}`],
    [
      { integrator: 'euler' },
      'integrator: integrator must be an object with id, steps, final, finalUnder, tolerance: got "euler"',
    ],
    [{ integrator: { id: 'x' } }, `integrator.id: unknown integrator "x": choose one of ${integratorIds.join(', ')}`],
    [{ integrator: { steps: 0 } }, 'integrator.steps: steps must be a whole number from 1 to 100000: got 0'],
    [
      { integrator: { id: 'bs23', tolerance: 0 } },
      'integrator.tolerance: tolerance must be a number from 1e-13 to 0.1: got 0',
    ],
    [{ integrator: { id: 'heun', tolerance: 0.01 } }, 'integrator.tolerance: tolerance is for methods with an estimate of their own error (bs23, dopri5, tsit5): heun has none'], // prettier-ignore
    [{ comparison: { seeds: 0 } }, 'comparison.seeds: seeds must be a whole number from 1 to 100: got 0'],
    [{ grid: 'x' }, `grid.id: unknown grid "x": choose one of ${gridIds.join(', ')}`],
    [{ grid: 3 }, `grid: a grid must be an id, or an object with an id, one of ${gridIds.join(', ')}: got 3`],
    [{ grid: { id: 'karras', params: { rho: 0 } } }, 'grid.params.rho: rho must be a number from 0.1 to 100: got 0'],
    [{ grid: { id: 'leading', params: { rows: 2.5 } } }, 'grid.params.rows: rows must be a whole number from 2 to 100000: got 2.5'], // prettier-ignore
    [{ grid: { id: 'list' } }, 'grid.times: times must be a list of numbers from 0 to 1: got nothing'],
    [{ grid: { id: 'list', times: [0, 0.5, 0.5] } }, 'grid.times: times must ascend from 0 to 1: got 0.5 at place 3'],
    [{ grid: { id: 'list', times: [-1] } }, 'grid.times: times must ascend from 0 to 1: got -1 at place 1'],
    [{ grid: { id: 'list', times: [] } }, 'grid.times: times must be a list of at least one number from 0 to 1'],
    [
      { comparison: { grids: ['karras', 'x'] } },
      `comparison.grids.1.id: unknown grid "x": choose one of ${gridIds.join(', ')}`,
    ],
    [
      { comparison: { tolerances: [0] } },
      'comparison.tolerances.0: a tolerance must be a number from 1e-13 to 0.1: got 0',
    ],
    [{ start: 1 }, `start: unknown start 1: choose one of ${starts.map(({ id }) => id).join(', ')}`],
    [{ seed: 0.5 }, 'seed: seed must be a whole number from 0 to 4294967295: got 0.5'],
    [{ seed: -1 }, 'seed: seed must be a whole number from 0 to 4294967295: got -1'],
    [{ denoiser: { id: 'x' } }, `denoiser.id: unknown denoiser "x": choose one of ${denoisers.map((row) => row.id).join(', ')}`], // prettier-ignore
    [{ denoiser: null }, `denoiser: a denoiser must be an object with an id, one of ${denoisers.map((row) => row.id).join(', ')}: got null`], // prettier-ignore
    [{ comparison: { integrators: [] } }, 'comparison.integrators: integrators must hold at least one integrator'],
    [{ comparison: { integrators: 1 } }, 'comparison.integrators: integrators must be a list of at least one integrator: got 1'], // prettier-ignore
    [{ comparison: { integrators: ['euler', 'x'] } }, `comparison.integrators.1: unknown integrator "x": choose one of ${integratorIds.join(', ')}`], // prettier-ignore
    [{ comparison: { steps: [] } }, 'comparison.steps: steps must hold at least one step count'],
    [{ comparison: { steps: [8, 1.5] } }, 'comparison.steps.1: a step count must be a whole number from 1 to 100000: got 1.5'], // prettier-ignore
    [{ comparison: { paths: 0 } }, 'comparison.paths: paths must be a whole number from 1 to 10000: got 0'],
  ];
  for (const [rest, message] of WRONG)
    it(`${JSON.stringify(rest)} is refused`, () => assert.deepEqual(problems(rest), [message]));

  it('dynamics is an id alone, or an object with its parameters; in code it is always the object', () => {
    const of = (dynamics: unknown) => parse({ dynamics }).experiment?.dynamics;
    assert.deepEqual(of('near-end'), { id: 'near-end', params: {}, noise: false });
    assert.deepEqual(of('lambda-family'), { id: 'lambda-family', params: { lambda: 1 }, noise: false });
    assert.deepEqual(of({ id: 'lambda-family', params: { lambda: 0.5 }, noise: true, mine: 1 }), {
      id: 'lambda-family',
      params: { lambda: 0.5 },
      noise: true,
      mine: 1,
    });
    const schema = jsonSchema() as { properties: { dynamics: { oneOf: { enum?: string[] }[] } } };
    assert.deepEqual(schema.properties.dynamics.oneOf[0]!.enum, dynamicsIds);
    assert.equal(schema.properties.dynamics.oneOf.length, dynamicsIds.length + 1);
  });

  it('an embedding is an id alone or an object, and only a learned one has a dimension', () => {
    const of = (embedding: unknown) => parse({ model: { embedding } }).experiment?.model.embedding;
    assert.deepEqual(of('prototype'), { id: 'prototype' });
    assert.deepEqual(of('learned'), { id: 'learned', dimension: 10 });
    assert.deepEqual(of({ id: 'learned', dimension: 3 }), { id: 'learned', dimension: 3 });
  });

  it('all that is wrong is told at once', () => {
    assert.equal(problems({ seed: -1, grid: 'x', training: { steps: 0, batch: 0 } }).length, 4);
  });

  it('the JSON schema has every field, with its description, and asks for the version and schedules only', () => {
    const schema = jsonSchema() as { required: string[]; properties: Record<string, { description?: string }> };
    assert.deepEqual(schema.required, ['version', 'schedules']);
    for (const key of Object.keys(parse({}).experiment!)) assert.ok(schema.properties[key]?.description, key);
  });
});

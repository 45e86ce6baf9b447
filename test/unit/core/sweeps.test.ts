import assert from 'node:assert/strict';
import { parseExperiment } from '../../../src/core/experiment/document';
import { experimentSchema, type Experiment } from '../../../src/core/experiment/experiment';
import { repairsIn } from '../../../src/core/experiment/repairs';
import { sweepFields } from '../../../src/core/experiment/sweepSettings';
import { axisValuesText, readAxisValues } from '../../../src/core/sweeps/axisText';
import { cellGroup, sweepCells } from '../../../src/core/sweeps/cells';
import { againstBest, sweepResults } from '../../../src/core/sweeps/results';
import { sweepState, type CellRun } from '../../../src/core/sweeps/stages';

const textOf = (sweep: object, rest: object = {}) =>
  JSON.stringify({ version: 1, schedules: [{ id: 'cosine' }], ...rest, sweep });

const experimentOf = (sweep: object, rest: object = {}): Experiment =>
  experimentSchema.parse(JSON.parse(textOf(sweep, rest)));

const RATES = { path: 'training.learningRate', values: [0.001, 0.003] };
const WIDTHS = { path: 'model.hidden', values: [[8], [32, 32]] };

/** Runs of every open training, with scores by what is trained. */
function trained(experiment: Experiment, scoreOf: (settings: object, seed: number) => number | undefined): CellRun[] {
  const runs: CellRun[] = [];
  for (let state = sweepState(experiment, runs); state.open.length; state = sweepState(experiment, runs))
    for (const { group, seed, cell } of state.open) {
      const score = scoreOf(cell.settings, seed);
      const ended =
        score === undefined ? { state: 'diverged' as const } : { state: 'done' as const, testAccuracy: score };
      const { steps } = cell.experiment.training;
      runs.push({ id: `run-${runs.length}`, group, seed, step: steps, steps, started: '2026-01-01', ...ended });
    }
  return runs;
}

const resultsOf = (experiment: Experiment, runs: readonly CellRun[]) =>
  sweepResults(sweepState(experiment, runs), experiment.sweep.seeds);

describe('cells of a sweep', () => {
  it('a grid has every value with every other, the last setting first', () => {
    const cells = sweepCells(experimentOf({ axes: [RATES, WIDTHS] }));
    assert.deepEqual(
      cells.map(({ settings }) => Object.values(settings)),
      [[0.001, [8]], [0.001, [32, 32]], [0.003, [8]], [0.003, [32, 32]]], // prettier-ignore
    );
    assert.deepEqual(cells[3]!.experiment.model.hidden, [32, 32]);
    assert.equal(cells[3]!.experiment.training.learningRate, 0.003);
    assert.deepEqual(cells[3]!.experiment.sweep.axes, []);
  });

  it('drawn cells are the same for the same document, and others for another seed', () => {
    const axes = [{ path: 'training.learningRate', range: { low: 1e-4, high: 1e-2, scale: 'log' } }];
    for (const method of ['random', 'latin-hypercube']) {
      const drawn = (seed: number) =>
        sweepCells(experimentOf({ axes, method, cells: 8 }, { seed })).map(({ settings }) => settings);
      assert.deepEqual(drawn(3), drawn(3));
      assert.notDeepEqual(drawn(3), drawn(4));
    }
  });

  it('a Latin hypercube has one cell in each equal part of a range, on a logarithmic scale too', () => {
    const axes = [
      { path: 'training.learningRate', range: { low: 1e-4, high: 1, scale: 'log' } },
      { path: 'training.averaging', range: { low: 0, high: 0.8 } },
    ];
    const cells = sweepCells(experimentOf({ axes, method: 'latin-hypercube', cells: 16 }));
    const parts = (values: number[]) => values.map(Math.floor).sort((a, b) => a - b);
    const all = Array.from({ length: 16 }, (_, k) => k);
    const rates = cells.map(({ experiment }) => 4 * (Math.log10(experiment.training.learningRate) + 4));
    assert.deepEqual(parts(rates), all);
    assert.deepEqual(parts(cells.map(({ experiment }) => 20 * experiment.training.averaging)), all);
  });

  it('whole numbers of a range are whole, both ends among them', () => {
    const axes = [{ path: 'training.batch', range: { low: 1, high: 4 } }];
    const cells = sweepCells(experimentOf({ axes, method: 'random', cells: 200 }));
    assert.deepEqual(cells.map(({ experiment }) => experiment.training.batch).sort(), [1, 2, 3, 4]);
  });

  it('a choice brings the parameters of its row, and a kind of model what it needs', () => {
    const axes = [
      { path: 'data.id', values: ['spirals', 'xor'] },
      { path: 'model.id', values: ['ct', 'fm'] },
    ];
    const cells = sweepCells(experimentOf({ axes }, { data: { id: 'two-moons', params: { n: 300 } } }));
    assert.equal(cells.length, 4);
    assert.equal(cells[0]!.experiment.data.id, 'spirals');
    assert.equal(cells[1]!.experiment.model.prediction, 'regression');
  });

  it('a setting that another one brings can be varied with it', () => {
    const axes = [
      { path: 'model.id', values: ['dt'] },
      { path: 'model.blocks', values: [2, 4] },
    ];
    assert.deepEqual(
      sweepCells(experimentOf({ axes })).map(({ experiment }) => experiment.model.blocks),
      [2, 4],
    );
  });

  it('runs of another experiment, other settings or other steps are another group; the seed makes none', () => {
    const groups = (rest: object, sweep: object = { axes: [RATES] }) =>
      sweepCells(experimentOf(sweep, rest)).map(cellGroup);
    assert.equal(new Set(groups({})).size, 2);
    assert.deepEqual(groups({}), groups({ seed: 5, comparison: { paths: 8 } }));
    assert.notDeepEqual(groups({}), groups({ training: { steps: 10 } }));
    assert.deepEqual(groups({}), groups({}, { axes: [RATES], seeds: 7 }));
  });
});

describe('what a sweep cannot vary', () => {
  const refused: [name: string, sweep: object, path: string, message: RegExp, titles: string[]][] = [
    ['an unknown setting', { axes: [{ path: 'training.learningrate', values: [1] }] }, 'sweep.axes.0.path', /no setting "training.learningrate": did you mean "training.learningRate"\?/, ['Change to "training.learningRate"', 'Remove "training.learningrate" from the sweep']], // prettier-ignore
    ['a setting by its last name', { axes: [{ path: 'hidden', values: [[8]] }] }, 'sweep.axes.0.path', /did you mean "model.hidden"/, ['Change to "model.hidden"', 'Remove "hidden" from the sweep']], // prettier-ignore
    ['the seed', { axes: [{ path: 'seed', values: [1] }] }, 'sweep.axes.0.path', /sweep\.seeds says which seeds/, ['Remove "seed" from the sweep']], // prettier-ignore
    ['a value out of range', { axes: [{ path: 'training.batch', values: [8, 0] }] }, 'sweep.axes.0.values.1', /batch must be a whole number from 1 to 65536: got 0/, ['Change to 1', 'Remove 0']], // prettier-ignore
    ['a value of another kind', { axes: [{ path: 'model.hidden', values: ['wide'] }] }, 'sweep.axes.0.values.0', /hidden must be .*got "wide"/, []], // prettier-ignore
    ['a range for a grid', { axes: [{ path: 'training.batch', range: { low: 1, high: 4 } }] }, 'sweep.axes.0.range', /a grid needs values/, ['Remove "training.batch" from the sweep']], // prettier-ignore
    ['a range beyond what is allowed', { method: 'random', axes: [{ path: 'training.averaging', range: { low: 0, high: 2 } }] }, 'sweep.axes.0.range.high', /averaging must be/, ['Remove "training.averaging" from the sweep']], // prettier-ignore
    ['one setting twice', { axes: [RATES, RATES] }, 'sweep.axes.1.path', /is varied twice/, ['Remove "training.learningRate" from the sweep']], // prettier-ignore
    ['the steps of successive halving', { method: 'successive-halving', axes: [{ path: 'training.steps', values: [1] }] }, 'sweep.axes.0.path', /sets the steps itself/, ['Remove "training.steps" from the sweep']], // prettier-ignore
  ];
  for (const [name, sweep, path, message, titles] of refused)
    it(`${name}: a warning at its place, with its remedies, and nothing is trained`, () => {
      const text = textOf(sweep);
      const { experiment, problems } = parseExperiment(text);
      assert.deepEqual(
        problems.map((one) => one.path.join('.')),
        [path],
      );
      assert.match(problems[0]!.message, message);
      assert.throws(() => sweepCells(experiment!), message);
      const repairs = repairsIn(text, 0, text.length).flatMap((one) => one.repairs);
      if (titles.length)
        assert.deepEqual(
          repairs.map(({ title }) => title),
          titles,
        );
      for (const { text: mended } of repairs) assert.deepEqual(parseExperiment(mended).problems, []);
    });

  it('neither values nor a range, and ends that cross, are errors of the document', () => {
    const errors = (axis: object) => parseExperiment(textOf({ axes: [axis] })).problems.map(({ message }) => message);
    assert.match(errors({ path: 'training.batch' })[0]!, /either values or a range/);
    assert.match(errors({ path: 'training.batch', range: { low: 3, high: 1 } })[0]!, /high must be greater than low, 3: got 1/); // prettier-ignore
    assert.match(errors({ path: 'training.batch', range: { low: 0, high: 1, scale: 'log' } })[0]!, /low must be greater than 0/); // prettier-ignore
  });

  it('every setting that is offered takes its own value', () => {
    const experiment = experimentOf({});
    const fields = sweepFields(experiment);
    const paths = fields.map(({ path }) => path.join('.'));
    for (const wanted of [
      'training.learningRate',
      'model.hidden',
      'model.id',
      'data.params.noise',
      'data',
      'schedules.0',
      'dynamics',
      'start',
      'dynamics.noise',
    ])
      // prettier-ignore
      assert.ok(paths.includes(wanted), `${wanted} is missing in ${paths.join(', ')}`);
    for (const { path, default: value } of fields) {
      const now = path.reduce<unknown>((from, key) => (from as Record<string, unknown>)[key], experiment) ?? value;
      if (now === undefined) continue; // it has no value of its own until it is given one
      const { problems } = parseExperiment(textOf({ axes: [{ path: path.join('.'), values: [now] }] }));
      assert.deepEqual(problems, [], path.join('.'));
    }
  });

  it('a grid of too many cells is refused with their number', () => {
    const axes = ['batch', 'steps'].map((name) => ({
      path: `training.${name}`,
      values: [...Array(41).keys()].slice(1),
    }));
    assert.throws(() => sweepCells(experimentOf({ axes })), /the grid has 1600 cells, and at most 1000/);
  });
});

describe('values as a person types them', () => {
  it('are apart by commas outside brackets and quotes', () => {
    assert.deepEqual(readAxisValues('.001,.003, 1e-2'), { values: [0.001, 0.003, 0.01] });
    assert.deepEqual(readAxisValues('[8],[32,32]'), { values: [[8], [32, 32]] });
    assert.deepEqual(readAxisValues('ct, "a,b", true'), { values: ['ct', 'a,b', true] });
    assert.deepEqual(readAxisValues('1e-4..1e-2:log'), { range: { low: 1e-4, high: 1e-2, scale: 'log' } });
    assert.deepEqual(readAxisValues('-5 .. .5'), { range: { low: -5, high: 0.5, scale: 'linear' } });
    assert.throws(() => readAxisValues('1,,2'), /a value is missing in "1,,2"/);
    assert.throws(() => readAxisValues(' '), /values are missing/);
  });

  it('are written so that they are read again', () => {
    for (const axis of [
      { values: [0.001, [8, 8], 'ct', 'a,b', true, '3'] },
      { range: { low: -1, high: 1e-7, scale: 'log' as const } },
    ])
      // prettier-ignore
      assert.deepEqual(readAxisValues(axisValuesText(axis)), axis);
  });
});

describe('results of a sweep', () => {
  it('mean, 95 % t-interval, best cell and paired differences are those of the tables', () => {
    // t at 0.975 with 2 degrees of freedom is 4.302653 (Fisher and Yates)
    const T = 4.302653;
    const scores: Record<string, number[]> = { 0.001: [0.8, 0.9, 0.85], 0.003: [0.9, 0.97, 0.95] };
    const experiment = experimentOf({ axes: [RATES] }, { seed: 10 });
    const runs = trained(experiment, (settings, seed) => scores[String(Object.values(settings)[0])]![seed - 10]);
    const { cells, best, score } = resultsOf(experiment, runs);
    assert.equal(score, 'test accuracy');
    assert.equal(best, cells[1]);
    const near = (value: number, wanted: number) =>
      assert.ok(Math.abs(value - wanted) < 1e-7, `${value} is not ${wanted}`);
    near(cells[0]!.mean, 0.85);
    near(cells[0]!.high - cells[0]!.mean, (T * 0.05) / Math.sqrt(3));
    near(cells[1]!.mean, 0.94);
    near(cells[1]!.mean - cells[1]!.low, (T * Math.sqrt(0.0013)) / Math.sqrt(3));
    // differences -0.10, -0.07, -0.10: their standard deviation is 0.0173205
    near(cells[0]!.difference!.mean, -0.09);
    near(cells[0]!.difference!.high, -0.09 + (T * 0.01732050808) / Math.sqrt(3));
    assert.equal(againstBest(cells[0]!), 'worse than the best');
    assert.equal(cells[1]!.difference, undefined);
  });

  it('one seed has a mean and no interval', () => {
    const experiment = experimentOf({ axes: [RATES], seeds: 1 });
    const runs = trained(experiment, () => 0.5);
    assert.deepEqual([resultsOf(experiment, runs).best!.mean, resultsOf(experiment, runs).cells[0]!.low], [0.5, NaN]);
  });

  it('a cell that diverged with one seed is never the best', () => {
    const experiment = experimentOf({ axes: [RATES], seeds: 2 });
    const runs = trained(experiment, (settings, seed) => {
      const fast = Object.values(settings)[0] === 0.003;
      return fast && seed === 1 ? undefined : fast ? 0.99 : 0.6;
    });
    const { best, cells } = resultsOf(experiment, runs);
    assert.equal(best!.settings['training.learningRate'], 0.001);
    assert.deepEqual(
      cells.map(({ done }) => done),
      [true, false],
    );
  });

  it('what is done stays done, what was stopped is resumed, what failed is trained again', () => {
    const experiment = experimentOf({ axes: [RATES], seeds: 2 });
    const runs = trained(experiment, () => 0.5);
    const states = ['done', 'interrupted', 'failed', 'stopped'] as const;
    const { open, ended, total } = sweepState(experiment, runs.map((run, k) => ({ ...run, state: states[k]! }))); // prettier-ignore
    assert.deepEqual(open.map(({ seed, resume }) => [seed, resume]), [[1, 'run-1'], [0, undefined], [1, 'run-3']]); // prettier-ignore
    assert.deepEqual([ended, total], [1, 4]);
  });

  it('successive halving trains the best third on with three times the steps', () => {
    const values = Array.from({ length: 9 }, (_, k) => (k + 1) / 1000);
    const axes = [{ path: 'training.learningRate', values }];
    const experiment = experimentOf({ axes, method: 'successive-halving', seeds: 2 }, { training: { steps: 900 } });
    const runs = trained(experiment, (settings) => Number(Object.values(settings)[0]) * 100);
    assert.deepEqual(
      runs.map(({ steps }) => steps),
      [...Array<number>(18).fill(100), ...Array<number>(6).fill(300), ...Array<number>(2).fill(900)],
    );
    const { cells, best } = resultsOf(experiment, runs);
    assert.deepEqual(cells.map(({ stage }) => stage), [0, 0, 0, 0, 0, 0, 1, 1, 2]); // prettier-ignore
    assert.equal(best, cells[8]);
    assert.equal(sweepState(experiment, runs).total, 26);
    assert.ok(cells.slice(0, 8).every(({ difference }) => difference === undefined));
  });

  it('as results come there is a best cell once one is done', () => {
    const experiment = experimentOf({ axes: [RATES], seeds: 2 });
    const runs = trained(experiment, () => 0.5);
    assert.equal(resultsOf(experiment, runs.slice(0, 1)).best, undefined);
    assert.equal(resultsOf(experiment, runs.slice(0, 1)).cells[0]!.mean, 0.5);
    assert.equal(resultsOf(experiment, runs.slice(0, 2)).best!.settings['training.learningRate'], 0.001);
  });
});

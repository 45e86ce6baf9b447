import assert from 'node:assert/strict';
import { readExperiment } from '../../../src/core/experiment/document';
import { newExperiment } from '../../../src/core/experiment/experiment';
import { Drafts, parseNumber } from '../../../webview/state/drafts';
import { Previews } from '../../../webview/state/previews';
import { powerTicks, roundTicks, tickTexts } from '../../../webview/plot/ticks';

describe('values being edited in the page', () => {
  const experiment = readExperiment(JSON.stringify(newExperiment()), 'new.noprop.json');
  const at = (name: string) => ['schedules', 0, 'params', name];

  it('reads numbers as they are typed', () => {
    for (const [text, value] of [
      ['1.5', 1.5],
      ['1,5', 1.5],
      ['−2', -2],
      ['1e-3', 1e-3],
    ] as const)
      assert.equal(parseNumber(text), value);
    for (const text of ['', ' ', 'abc', '1.2.3']) assert.ok(Number.isNaN(parseNumber(text)), text);
  });

  it('previews what is allowed, and keeps the last valid picture of what is not', () => {
    const drafts = new Drafts();
    drafts.set(at('gammaMax'), '7');
    assert.equal(drafts.over(experiment).schedules[0]!.params.gammaMax, 7);
    drafts.set(at('gammaMax'), '-6');
    assert.equal(drafts.over(experiment).schedules[0]!.params.gammaMax, 5);
    drafts.set(at('gammaMax'), 'abc');
    assert.equal(drafts.over(experiment).schedules[0]!.params.gammaMax, 5);
  });

  it('becomes one edit once the values agree, and says before that what is wrong', () => {
    const drafts = new Drafts();
    drafts.set(at('gammaMin'), '6');
    assert.deepEqual(drafts.commit(experiment, at('gammaMin')), []);
    assert.match(drafts.at(at('gammaMin'))!.message!, /gammaMax must be greater than gammaMin \(6\): got 5/);
    drafts.set(at('gammaMax'), '8');
    assert.deepEqual(drafts.commit(experiment, at('gammaMax')), [
      { path: ['schedules', 0, 'params', 'gammaMin'], value: 6 },
      { path: ['schedules', 0, 'params', 'gammaMax'], value: 8 },
    ]);
    drafts.settle();
    assert.equal(drafts.at(at('gammaMin')), undefined);
  });

  it('keeps a refused text with what is allowed', () => {
    const drafts = new Drafts();
    drafts.set(at('gammaMin'), 'abc');
    assert.deepEqual(drafts.commit(experiment, at('gammaMin')), []);
    drafts.settle();
    assert.equal(drafts.at(at('gammaMin'))!.text, 'abc');
    assert.match(drafts.at(at('gammaMin'))!.message!, /gammaMin must be a number from -700 to 700: got abc/);
  });

  const formula = (text: string, modifiers: unknown[] = []) =>
    readExperiment(
      JSON.stringify({ version: 1, schedules: [{ id: 'expression', inputs: { formula: text }, modifiers }] }),
      'x',
    );
  const input = ['schedules', 0, 'inputs', 'formula'];

  it('a formula is shown as soon as it can be read, with its new parameters; until then the last valid one', () => {
    const drafts = new Drafts();
    const experiment = formula('10*k*(t - 1/2)');
    drafts.set(input, '10*k*(t - 1/2) + ');
    assert.equal(drafts.over(experiment).schedules[0]!.inputs.formula, '10*k*(t - 1/2)');
    assert.match(
      drafts.formulaProblems(experiment, input)[0]!.message,
      /^formula: a value is missing after \+ at column/,
    );
    drafts.set(input, '10*k*(t - 1/2) + c');
    assert.deepEqual(drafts.over(experiment).schedules[0]!.params, { k: 1, c: 1 });
    drafts.set(at('c'), '3');
    assert.deepEqual(drafts.over(experiment).schedules[0]!.params, { k: 1, c: 3 });
  });

  it('a formula becomes an edit with the parameters it has, and is kept with what is wrong while it is refused', () => {
    const drafts = new Drafts();
    const experiment = formula('10*k*(t - 1/2)');
    drafts.set(input, 'foo(t)');
    assert.deepEqual(drafts.commit(experiment, input), []);
    drafts.settle();
    assert.equal(drafts.at(input)!.text, 'foo(t)');
    assert.match(drafts.at(input)!.message!, /unknown function "foo" at column 1/);
    drafts.set(input, 'c*t');
    assert.deepEqual(drafts.commit(experiment, input), [
      { path: input, value: 'c*t' },
      { path: ['schedules', 0, 'params'], value: { c: 1 } },
    ]);
    drafts.settle();
    assert.equal(drafts.at(input), undefined);
  });

  it('a value that leaves the formula none is refused where it was dragged', () => {
    const drafts = new Drafts();
    const experiment = formula('log(k + t)');
    drafts.set(at('k'), '-2');
    assert.equal(drafts.over(experiment).schedules[0]!.params.k, 1);
    assert.deepEqual(drafts.commit(experiment, at('k')), []);
    assert.match(drafts.at(at('k'))!.message!, /^formula: it has no value at t = 0$/);
  });

  it("a modifier's parameter previews and commits as any other", () => {
    const drafts = new Drafts();
    const experiment = formula('t', [{ id: 'shift' }, { id: 'clamp' }]);
    const path = ['schedules', 0, 'modifiers', 1, 'params', 'min'];
    drafts.set(path, '-3');
    const [first, second] = drafts.over(experiment).schedules[0]!.modifiers;
    assert.equal(first, experiment.schedules[0]!.modifiers[0]);
    assert.deepEqual(second!.params, { min: -3, max: 20 });
    assert.deepEqual(drafts.commit(experiment, path), [{ path, value: -3 }]);
    drafts.set(path, '25');
    assert.deepEqual(drafts.commit(experiment, path), []);
    assert.match(drafts.at(path)!.message!, /^max must be greater than min \(25\): got 20$/);
    drafts.clear(['schedules', 0]);
    assert.equal(drafts.over(experiment), experiment);
  });
});

describe('marks on an axis', () => {
  it('are round, within the ends, and few', () => {
    assert.deepEqual(roundTicks(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
    assert.deepEqual(roundTicks(-11, 11, 5), [-10, -5, 0, 5, 10]);
    assert.deepEqual(powerTicks(-3.2, 6.4, 5), [-2, 0, 2, 4, 6]);
  });

  it('stay numbers within one decade, and where there is no span', () => {
    assert.ok(powerTicks(0.1, 0.6, 5).length >= 2);
    assert.deepEqual(tickTexts(powerTicks(-0.7, 0.95, 5), true), ['0.2', '0.5', '1', '2', '5']);
    assert.deepEqual(roundTicks(3, 3, 5), [3]);
  });

  it('write powers of ten alike', () => {
    assert.deepEqual(tickTexts([-2, 0, 3, 6], true), ['10⁻²', '1', '10³', '10⁶']);
    assert.deepEqual(tickTexts([-1, 0, Math.log10(20), 3], true), ['0.1', '1', '20', '1000']);
    assert.deepEqual(tickTexts([0, 5e5, 1e6], false), ['0', '5·10⁵', '10⁶']);
    assert.deepEqual(tickTexts([-50000, 0, 1e5], false), ['−50000', '0', '100000']);
  });
});

describe('a value that is being dragged', () => {
  const experiment = readExperiment(
    JSON.stringify({ ...newExperiment(), dynamics: { id: 'lambda-family' } }),
    'new.noprop.json',
  );
  const path = ['dynamics', 'params', 'lambda'];

  it('is drawn over the experiment, which stays as it is', () => {
    const previews = new Previews();
    previews.set(path, 1.5);
    assert.equal(previews.over(experiment).dynamics.params.lambda, 1.5);
    assert.equal(experiment.dynamics.params.lambda, 1);
    previews.drop(path);
    assert.equal(previews.over(experiment), experiment);
  });
});

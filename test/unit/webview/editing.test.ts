import assert from 'node:assert/strict';
import { changeExperiment, type Change } from '../../../src/core/experiment/changes';
import { readExperiment } from '../../../src/core/experiment/document';
import { newExperiment, type Experiment } from '../../../src/core/experiment/experiment';
import { InputError } from '../../../src/core/registry/problem';
import { Editing } from '../../../webview/state/editing';
import { parseNumber, textOf } from '../../../webview/state/fieldText';

const experimentOf = (rest: object = {}) =>
  readExperiment(JSON.stringify({ ...newExperiment(), ...rest }), 'new.noprop.json');

/** A document in memory: `sent` are the edits that were made of it. */
function editingOf(first: Experiment = experimentOf()) {
  let document = first;
  const sent: (readonly Change[])[] = [];
  const editing = new Editing({
    document: () => document,
    send: (changes) => {
      sent.push(changes);
      document = changeExperiment(document, changes);
    },
    changed: () => undefined,
  });
  return { editing, sent, last: () => sent.at(-1) };
}

const at = (name: string) => ['schedules', 0, 'params', name];

describe('texts of fields', () => {
  it('numbers are read as they are typed', () => {
    for (const [text, value] of [
      ['1.5', 1.5],
      ['1,5', 1.5],
      ['−2', -2],
      ['1e-3', 1e-3],
    ] as const)
      assert.equal(parseNumber(text), value);
    for (const text of ['', ' ', 'abc', '1.2.3']) assert.ok(Number.isNaN(parseNumber(text)), text);
  });

  it('values are shown as they are typed', () => {
    assert.deepEqual([1e-3, 'a.csv', [8, 16], undefined].map(textOf), ['0.001', 'a.csv', '8, 16', '']);
  });
});

describe('values being edited in the page', () => {
  it('are shown where they are allowed; else the last valid value stays', () => {
    const { editing, sent } = editingOf();
    editing.preview(at('gammaMax'), '7');
    assert.equal(editing.experiment!.schedules[0]!.params.gammaMax, 7);
    editing.preview(at('gammaMax'), '-6');
    assert.equal(editing.experiment!.schedules[0]!.params.gammaMax, 5);
    editing.preview(at('gammaMax'), 'abc');
    assert.equal(editing.experiment!.schedules[0]!.params.gammaMax, 5);
    assert.equal(editing.document!.schedules[0]!.params.gammaMax, 5);
    assert.deepEqual(sent, []);
  });

  it('become one edit once they agree, and say before that what is wrong', () => {
    const { editing, sent, last } = editingOf();
    editing.commit(at('gammaMin'), '6');
    assert.deepEqual(sent, []);
    assert.match(editing.at(at('gammaMin'))!.message!, /gammaMax must be greater than gammaMin \(6\): got 5/);
    editing.commit(at('gammaMax'), '8');
    assert.deepEqual(last(), [
      { path: ['schedules', 0, 'params', 'gammaMin'], value: 6 },
      { path: ['schedules', 0, 'params', 'gammaMax'], value: 8 },
    ]);
    editing.settle();
    assert.equal(editing.at(at('gammaMin')), undefined);
  });

  it('a text that is refused stays, with what is allowed, until it is restored', () => {
    const { editing, sent } = editingOf();
    editing.commit(at('gammaMin'), 'abc');
    editing.settle();
    assert.deepEqual([editing.textAt(at('gammaMin')), sent], ['abc', []]);
    assert.match(editing.at(at('gammaMin'))!.message!, /gammaMin must be a number from -700 to 700: got abc/);
    editing.commit(at('gammaMin'), ' ');
    assert.match(editing.at(at('gammaMin'))!.message!, /: got nothing$/);
    editing.restore(at('gammaMin'));
    assert.deepEqual([editing.textAt(at('gammaMin')), editing.at(at('gammaMin'))], ['-5', undefined]);
  });

  it('what the document has already is no edit', () => {
    const { editing, sent } = editingOf();
    editing.preview(at('gammaMin'), '-4');
    editing.commit(at('gammaMin'), '-5.0');
    assert.deepEqual([sent, editing.at(at('gammaMin'))], [[], undefined]);
  });

  it('an experiment that says the same is the same object, so that what was made of it is kept', () => {
    const { editing } = editingOf();
    const before = editing.experiment;
    editing.preview(at('gammaMin'), 'abc');
    assert.equal(editing.experiment, before);
    editing.preview(at('gammaMin'), '-5');
    assert.equal(editing.experiment, before);
  });

  const withFormula = (text: string, modifiers: unknown[] = []) =>
    experimentOf({ schedules: [{ id: 'expression', inputs: { formula: text }, modifiers }] });
  const input = ['schedules', 0, 'inputs', 'formula'];

  it('a formula is shown as soon as it can be read, with its new parameters; until then the last valid one', () => {
    const { editing } = editingOf(withFormula('10*k*(t - 1/2)'));
    editing.preview(input, '10*k*(t - 1/2) + ');
    assert.equal(editing.experiment!.schedules[0]!.inputs.formula, '10*k*(t - 1/2)');
    editing.preview(input, '10*k*(t - 1/2) + c');
    assert.deepEqual(editing.experiment!.schedules[0]!.params, { k: 1, c: 1 });
    assert.equal(editing.textAt(at('c')), '1');
    editing.preview(at('c'), '3');
    assert.deepEqual(editing.experiment!.schedules[0]!.params, { k: 1, c: 3 });
  });

  it('a formula becomes an edit with the parameters it has, and is kept with what is wrong while it is refused', () => {
    const { editing, sent, last } = editingOf(withFormula('10*k*(t - 1/2)'));
    editing.commit(input, 'foo(t)');
    editing.settle();
    assert.deepEqual([editing.at(input)!.text, sent], ['foo(t)', []]);
    assert.match(editing.at(input)!.message!, /unknown function "foo" at column 1/);
    editing.commit(input, 'c*t');
    assert.deepEqual(last(), [
      { path: input, value: 'c*t' },
      { path: ['schedules', 0, 'params'], value: { c: 1 } },
    ]);
    editing.settle();
    assert.equal(editing.at(input), undefined);
  });

  it('a value that leaves the formula none is refused where it was dragged', () => {
    const { editing, sent } = editingOf(withFormula('log(k + t)'));
    editing.preview(at('k'), '-2');
    assert.equal(editing.experiment!.schedules[0]!.params.k, 1);
    editing.commit(at('k'), '-2');
    assert.deepEqual(sent, []);
    assert.match(editing.at(at('k'))!.message!, /^formula: it has no value at t = 0$/);
  });

  it("a modifier's parameter is shown and committed as any other", () => {
    const { editing, sent, last } = editingOf(withFormula('t', [{ id: 'shift' }, { id: 'clamp' }]));
    const before = editing.document!;
    const path = ['schedules', 0, 'modifiers', 1, 'params', 'min'];
    editing.preview(path, '-3');
    const [first, second] = editing.experiment!.schedules[0]!.modifiers;
    assert.equal(first, before.schedules[0]!.modifiers[0]);
    assert.deepEqual(second!.params, { min: -3, max: 20 });
    editing.commit(path, '-3');
    assert.deepEqual(last(), [{ path, value: -3 }]);
    editing.commit(path, '25');
    assert.equal(sent.length, 1);
    assert.match(editing.at(path)!.message!, /^max must be greater than min \(25\): got 20$/);
    editing.clear(['schedules', 0]);
    assert.equal(editing.at(path), undefined);
  });

  it('what is refused in one object holds back nothing in another', () => {
    const { editing } = editingOf(withFormula('k*t', [{ id: 'clamp' }]));
    const min = ['schedules', 0, 'modifiers', 0, 'params', 'min'];
    editing.commit(min, '25');
    editing.preview(at('k'), '2');
    const { params, modifiers } = editing.experiment!.schedules[0]!;
    assert.deepEqual([params.k, modifiers[0]!.params.min], [2, -20]);
  });

  it('a part of an object that a document may leave out sets the whole', () => {
    const { editing, last } = editingOf(experimentOf({ dynamics: { id: 'lambda-family' } }));
    const path = ['dynamics', 'params', 'lambda'];
    editing.preview(path, '1.5');
    assert.equal(editing.experiment!.dynamics.params.lambda, 1.5);
    assert.equal(editing.document!.dynamics.params.lambda, 1);
    editing.restore(path);
    assert.equal(editing.experiment!.dynamics.params.lambda, 1);
    editing.commit(path, '0.5');
    assert.deepEqual(last(), [
      { path: ['dynamics'], value: { id: 'lambda-family', params: { lambda: 0.5 }, noise: false } },
    ]);
    editing.commit(path, '3');
    assert.match(editing.at(path)!.message!, /lambda must be a number from 0 to 2: got 3/);
  });

  it('a part of an object in a list sets that part alone', () => {
    const grids = ['uniform-t', { id: 'list', times: [0, 0.5, 1] }];
    const { editing, last } = editingOf(experimentOf({ comparison: { grids } }));
    const path = ['comparison', 'grids', 1, 'times'];
    editing.commit(path, '0.5, 0.2');
    assert.match(editing.at(path)!.message!, /^times must ascend from 0 to 1/);
    editing.commit(path, '0, 0.2, 1');
    assert.deepEqual(last(), [{ path, value: [0, 0.2, 1] }]);
  });

  it('lists, texts and numbers that may be left out are read by the schema', () => {
    const { editing, last } = editingOf(experimentOf({ integrator: { id: 'dopri5', tolerance: 0.01 } }));
    editing.commit(['comparison', 'steps'], '4, 8 16');
    assert.deepEqual(last(), [{ path: ['comparison', 'steps'], value: [4, 8, 16] }]);
    editing.commit(['comparison', 'steps'], '4, x');
    assert.match(editing.at(['comparison', 'steps'])!.message!, /step count must be a whole number .*: got "x"/);
    editing.commit(['integrator', 'tolerance'], '');
    assert.deepEqual(last(), [{ path: ['integrator', 'tolerance'], value: undefined }]);
    assert.equal(editing.document!.integrator.tolerance, undefined);
    editing.commit(['integrator', 'tolerance'], '7');
    assert.match(editing.at(['integrator', 'tolerance'])!.message!, /^tolerance must be a number/);
  });

  it('what relates to another field is said where it was typed', () => {
    const { editing, sent } = editingOf(experimentOf({ integrator: { id: 'euler' } }));
    editing.commit(['integrator', 'tolerance'], '0.01');
    assert.match(editing.at(['integrator', 'tolerance'])!.message!, /tolerance is for methods with an estimate/);
    const residual = editingOf(experimentOf({ model: { hidden: [32, 32], residual: true } }));
    residual.editing.commit(['model', 'hidden'], '32, 16');
    assert.match(residual.editing.at(['model', 'hidden'])!.message!, /^residual needs two hidden layers/);
    assert.deepEqual([sent, residual.sent], [[], []]);
  });

  it('a choice lets go of what is edited inside what it replaces', () => {
    const { editing, last } = editingOf();
    const noise = ['data', 'params', 'noise'];
    editing.commit(noise, 'abc');
    editing.set(['data'], { id: 'blobs' });
    assert.deepEqual(last(), [{ path: ['data'], value: { id: 'blobs' } }]);
    assert.equal(editing.at(noise), undefined);
  });

  it('a text that stands for changes of its own stays with its message where they are refused', () => {
    const { editing, sent } = editingOf();
    const path = ['schedules', 0, 'inputs', 'table'];
    const refuse = () => {
      throw new InputError('column 2 is no number');
    };
    editing.attempt(path, '1, x', refuse);
    assert.deepEqual([editing.textAt(path), editing.at(path)!.message, sent], ['1, x', 'column 2 is no number', []]);
    editing.attempt(path, '1, 2', () => [{ path: ['name'], value: 'Read' }]);
    assert.deepEqual([editing.at(path), editing.document!.name], [undefined, 'Read']);
  });

  it('a frame of a drag costs well under a millisecond', () => {
    const { editing } = editingOf(
      experimentOf({ schedules: Array.from({ length: 8 }, () => ({ id: 'linear-gamma' })) }),
    );
    const frame = (i: number) => {
      editing.preview(at('gammaMax'), String(5 + i / 1000));
      return editing.experiment!.schedules.length;
    };
    for (let i = 0; i < 50; i++) frame(i);
    const start = performance.now();
    for (let i = 0; i < 200; i++) frame(i);
    assert.ok((performance.now() - start) / 200 < 1);
  });
});

import assert from 'node:assert/strict';
import { applyChange, applyChanges } from '../../../src/core/experiment/applyChange';
import { parseExperiment, readExperiment } from '../../../src/core/experiment/document';
import { InputError } from '../../../src/core/registry/problem';

const text = (parts: object) => JSON.stringify({ version: 1, schedules: [{ id: 'cosine' }], ...parts });
const open = (source: string) => source.slice(0, -1); // to add keys that no object of ours can have
const list = (n: number, value: unknown) => Array.from({ length: n }, () => value);

/** Each problem as "severity line:column path: message". */
const problemsOf = (source: string) =>
  parseExperiment(source).problems.map(
    ({ severity, line, column, path, message }) => `${severity} ${line}:${column} ${path.join('.')}: ${message}`,
  );

describe('experiments that nobody would write', () => {
  it('keys of every object are no settings: each is named at its place', () => {
    assert.deepEqual(problemsOf('{"version":1,"schedules":[{"id":"cosine"}],\n "constructor":{}}').length, 1);
    for (const key of ['constructor', 'toString', 'isPrototypeOf', 'valueOf']) {
      const source = `{"version":1,"schedules":[{"id":"cosine","params":{"${key}":1},"inputs":{"${key}":1}}],\n"model":{"id":"ct","${key}":{}},\n"denoiser":{"id":"gaussian","params":{"${key}":[]}}}`;
      assert.deepEqual(
        problemsOf(source).map((line) => line.replace(/, so it has no effect: .*/, '')),
        [
          `warning 1:52 schedules.0.params.${key}: cosine has no parameter "${key}"`,
          `warning 1:${68 + key.length} schedules.0.inputs.${key}: cosine has no input "${key}"`,
          `warning 2:20 model.${key}: model has no setting "${key}"`,
          `warning 3:39 denoiser.params.${key}: gaussian has no parameter "${key}"`,
        ],
      );
      for (const part of ['dynamics', 'grid', 'data', 'denoiser', 'integrator'])
        assert.match(problemsOf(text({ [part]: { id: key } }))[0]!, new RegExp(`unknown .* "${key}": choose one of`));
      assert.match(problemsOf(text({ schedules: [{ id: key }] }))[0]!, /schedules\.0\.id: unknown schedule/);
    }
  });

  it('__proto__ changes no object, and a key that stands twice is named', () => {
    const source = `${open(text({}))},\n"dynamics":{"id":"near-end","__proto__":{"noise":true}},\n"seed":1,"seed":2}`;
    assert.deepEqual(problemsOf(source), [
      'warning 2:29 : "__proto__" is no name that a setting can have: this one has no effect',
      'warning 3:1 : "seed" stands again below, and the last one counts: this one has no effect',
    ]);
    const { experiment } = parseExperiment(source);
    assert.deepEqual([experiment?.dynamics.noise, experiment?.seed], [false, 2]);
    const changed = applyChange(source, { path: ['seed'], value: 3 });
    assert.equal(parseExperiment(changed).experiment?.seed, 3);
    assert.ok(!changed.includes('"seed":1'));
  });

  it('a parameter that is no number is refused at its place', () => {
    const formula = { quantity: 'gamma', formula: '12*k*(t-s)' };
    for (const k of [{}, [], [1], 'x', null, true, { valueOf: 1, toString: 1 }])
      assert.match(
        problemsOf(text({ schedules: [{ id: 'expression', params: { k }, inputs: formula }] }))[0]!,
        /^error 1:60 schedules\.0\.params\.k: k must be a number from -1000000 to 1000000: got /,
      );
    assert.deepEqual(problemsOf(`${open(text({}))},\n"seed":1e400}`), [
      'error 2:8 seed: seed must be a whole number from 0 to 4294967295: got Infinity',
    ]);
  });

  it('a formula with signs of other scripts, or that nobody sees, is refused with the sign', () => {
    const refused = (formula: string) =>
      problemsOf(text({ schedules: [{ id: 'expression', inputs: { quantity: 'gamma', formula } }] }))[0]!;
    assert.match(refused('୪'), /the character ୪ \(U\+0B6A; digits are 0 to 9\) is not part of a formula at column 1$/);
    assert.match(
      refused('(t\uFEFF)'),
      /the character U\+FEFF, which is not seen, is not part of a formula at column 3$/,
    );
    assert.match(refused('t\u00a0+ 1'), /the character U\+00A0, which is not seen, .* at column 2$/);
    assert.match(refused('constructor(t)'), /unknown function "constructor" at column 1/);
    for (const formula of ['('.repeat(240) + 't' + ')'.repeat(240), `${'-'.repeat(498)}t`, `t${'^t'.repeat(240)}`])
      assert.ok(parseExperiment(text({ schedules: [{ id: 'expression', inputs: { formula } }] })).experiment);
    assert.match(refused('('.repeat(100_000)), /it is longer than 500 characters/);
  });

  it('deep nesting and too many values are refused where they become too much', () => {
    for (const n of [3000, 100_000])
      for (const source of ['['.repeat(n), '['.repeat(n) + ']'.repeat(n), '{"a":'.repeat(n), '[}'.repeat(n)])
        assert.match(problemsOf(source)[0]!, /^error 1:\d+ : lists and objects are nested more than 100 deep here$/);
    assert.match(problemsOf(`/*"*/${'['.repeat(9000)}`)[0]!, /nested more than 100 deep here/);
    const many = problemsOf(text({ mine: list(1_000_000, 0) }));
    assert.match(many[0]!, /^error 1:\d{6,} : more values stand before this than are read \(300000\)$/);
    assert.match(problemsOf(`"${'x'.repeat(1e7)}"`)[0]!, /this text is longer than is read/);
  });

  it('of very many problems the first hundred are listed, and how many more there are', () => {
    const keys = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`k${i}`, i]));
    const unused = problemsOf(text({ training: keys }));
    assert.equal(unused.length, 101);
    assert.match(unused[99]!, /^warning 1:\d+ training\.k99: training has no setting "k99"/);
    assert.match(unused[100]!, /: 19900 more problems are not listed$/);
    assert.ok(parseExperiment(text({ training: keys })).experiment);
    const steps = problemsOf(text({ model: { hidden: ['x', ...list(7, 'y')] }, schedules: list(100, { id: 'x' }) }));
    assert.match(steps[100]!, /^error .*: 8 more problems are not listed$/);
    assert.throws(() => readExperiment(text({ schedules: list(100, 7) }), 'x'), InputError);
  });

  it('lists that are too long are refused before what is in them is read', () => {
    assert.deepEqual(problemsOf(text({ schedules: list(20_000, { id: 'x' }) })), [
      'error 1:26 schedules: schedules may hold at most 100: it holds 20000',
    ]);
    assert.match(problemsOf(text({ comparison: { steps: list(20_000, 'x') } }))[0]!, /steps may hold at most 100: it/);
    const formula = { id: 'expression', inputs: { quantity: 'beta', formula: `t${'^t'.repeat(240)}` } };
    assert.match(
      problemsOf(text({ schedules: list(100, formula) }))[0]!,
      /schedules\.4\.inputs\.formula: the formulas of an experiment may have at most 1000 operations together/,
    );
  });

  it('a value is quoted in part where it is long', () => {
    const [problem] = parseExperiment(text({ model: 'x'.repeat(1e6) })).problems;
    assert.match(problem!.message, /^model must be an object with id, .*: got "x+…$/);
    assert.ok(problem!.message.length < 500);
  });
});

describe('edits that no page sends', () => {
  const source = text({ dynamics: 'near-end', name: 'x', note: '\uE0000', training: { steps: 5 } });
  const refused = (path: unknown, value: unknown, message: RegExp, insert?: boolean) =>
    assert.throws(
      () => applyChanges(source, [{ path: path as string[], value, ...(insert && { insert }) }]),
      (error) => error instanceof InputError && message.test(error.message),
    );

  it('are refused where the path leads nowhere, or the value is none of JSON', () => {
    const none = /a change needs the path of a setting/;
    for (const path of [[], undefined, 'seed', [-1], [0.5], ['__proto__', 'x'], list(200, 'a'), [null], [{}]])
      refused(path, 1, none);
    refused(['schedules', 'x'], 1, /^schedules is a list: "x" is no place in it$/);
    refused(['schedules', 7], {}, /^schedules has 1, counted from 0$/);
    refused(['training', 0], 1, /^training is no list: it has no place 0$/);
    refused(['training', 'steps', 'x'], 1, /^training\.steps is no object: it has no part "x"$/);
    refused(['overlays', 3], 1, /the first place of a new list is 0/);
    for (const value of [NaN, Infinity, [1, -Infinity], { a: NaN }])
      refused(['mine'], value, /must be a finite number/);
    const circle: unknown[] = [];
    circle.push(circle);
    refused(['mine'], circle, /holds more than an experiment can/);
    for (const value of [1n, Symbol('x'), () => 1, new Map(), new Date(0), new Float64Array(2), [undefined]])
      refused(['mine'], value, /must be text, a number, true, false, a list or an object/);
    refused(['mine'], 'x'.repeat(1e7), /the text cannot be edited: this text is longer than is read/);
    assert.throws(() => applyChanges(source, list(1001, { path: ['seed'], value: 1 }) as never), InputError);
    assert.throws(() => applyChange('{"a":', { path: ['a'], value: 1 }), InputError);
  });

  it('leave a text that holds what was set, whatever layout it has', () => {
    const compact = '{"version":1,"schedules":[{"id":"cosine"},{"id":"sqrt"},{"id":"edm"}],"overlays":[1,2]}';
    const remove = (...path: (string | number)[]) =>
      JSON.parse(applyChange(compact, { path, value: undefined })) as unknown;
    const schedules = (...ids: string[]) => ids.map((id) => ({ id }));
    assert.deepEqual(remove('schedules', 2), { version: 1, schedules: schedules('cosine', 'sqrt'), overlays: [1, 2] });
    assert.deepEqual(remove('schedules', 0), { version: 1, schedules: schedules('sqrt', 'edm'), overlays: [1, 2] });
    assert.deepEqual(remove('overlays', 1), {
      version: 1,
      schedules: schedules('cosine', 'sqrt', 'edm'),
      overlays: [1],
    });
    assert.deepEqual(remove('nothing', 'here'), JSON.parse(compact));
    const marked = applyChange(source, { path: ['marks'], value: ['\uE0000', [1, 2], { '\uE0010': [3] }] });
    const { note, marks } = JSON.parse(marked) as Record<string, unknown>;
    assert.deepEqual([note, marks], ['\uE0000', ['\uE0000', [1, 2], { '\uE0010': [3] }]]);
  });
});

import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseExperiment } from '../../../src/core/experiment/document';
import { newEntry } from '../../../src/core/schedules/entry';
import { parametersOf } from '../../../src/core/schedules/definition';
import { functions, readFormula } from '../../../src/core/formula';
import { createSchedule } from '../../../src/core/schedules';

const at = (text: string, t: number, values = {}) => readFormula(text).at(values)(t);

describe('formulas', () => {
  it('are read as they are written in mathematics', () => {
    for (const [text, value] of [
      ['-t^2', -0.25],
      ['2^-t^2', 2 ** -0.25],
      ['2^3^2', 512],
      ['1 - 2 - 3', -4],
      ['8/4/2', 1],
      ['-(1+t)*s', -0.75],
      ['2*-t', -1],
      ['pow(2, 3) + max(t, 3, 1) + min(2, e)', 13],
      ['.5e1 + 1E-1', 5.1],
      ['pi', Math.PI],
    ] as const)
      assert.equal(at(text, 0.5)[0], value, text);
  });

  it('name their parameters in order, Greek letters too', () => {
    assert.deepEqual(readFormula('β_1*t + k2*s + β_1*pi').names, ['β_1', 'k2']);
  });

  for (const name of functions.keys())
    it(`${name}: its derivative is the slope of its value`, () => {
      const args =
        name === 'pow' ? '1.2 - t, k + t' : name === 'max' || name === 'min' ? 't^2, k*t^3' : '(t + k*t^2)/3';
      const of = readFormula(`${name}(${args})`).at({ k: 1.3 });
      for (const t of [0.15, 0.4, 0.6, 0.85]) {
        const h = 1e-3;
        const slope = (step: number) => (of(t + step)[0] - of(t - step)[0]) / (2 * step);
        const estimate = (64 * slope(h / 4) - 20 * slope(h / 2) + slope(h)) / 45;
        assert.ok(Math.abs(estimate - of(t)[1]) < 1e-10 * (1 + Math.abs(estimate)), `${estimate} ${of(t)[1]} at ${t}`);
      }
    });

  for (const [text, message] of [
    ['t + foo(t)', /^unknown function "foo" at column 5: write \* for a product; functions are sin, /],
    ['1 + x²', /^unknown name "x²" at column 5: names are letters, digits and underscores$/],
    ['t + constructor', /^"constructor" is no name for a parameter at column 5$/],
    ['t + sin', /^sin lacks its argument at column 5: write sin\(…\)$/],
    ['sin(t, 1)', /^sin has 2 arguments at column 1: it takes 1 argument$/],
    ['max()', /^max has 0 arguments at column 1: it takes at least 1 argument$/],
    ['2 t', /^an operator is missing before t at column 3$/],
    ['(1 - t) (1 + t)', /^an operator is missing before \( at column 9$/],
    ['2t', /^an operator is missing after a number at column 2$/],
    ['1 +', /^a value is missing after \+ at column 4$/],
    ['(t', /^a closing parenthesis is missing at column 3$/],
    ['t)', /^a closing parenthesis has no opening one at column 2$/],
    ['()', /^a value is missing between the parentheses at column 3$/],
    ['t, s', /^a comma stands outside a call at column 2: commas part the arguments of a function$/],
    ['t = 1', /^the character = is not part of a formula at column 3$/],
    ['t ? 1 : 2', /^the character \? is not part of a formula at column 3$/],
    ['"t"', /^the character " is not part of a formula at column 1$/],
    ['t.constructor', /^t\.constructor is not part of a formula at column 1$/],
    ['1..2', /^a number has one period at column 3$/],
    [' ', /^it is empty$/],
    ['t+'.repeat(300) + 't', /^it is longer than 500 characters$/],
  ] as const)
    it(`${text.slice(0, 20)} is refused, with what is wrong at which column`, () => {
      assert.throws(() => readFormula(text), { name: 'InputError', message });
    });

  it('whatever is typed is read or refused, never a failure', () => {
    const pieces = ['t', 's', 'k', '1', '.5', '+', '-', '*', '/', '^', '(', ')', ',', ' ', 'sin', 'max', 'e', '?', '[', "'", '.', ';', '∑']; // prettier-ignore
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
        try {
          readFormula(parts.join(''));
        } catch (error) {
          assert.equal((error as Error).name, 'InputError', `${parts.join('')}: ${(error as Error).message}`);
        }
      }),
      { numRuns: 3000, seed: 1 },
    );
  });
});

describe('schedules by a formula', () => {
  const pairs: [quantity: string, formula: string, params: Record<string, number>, id: string, digits: (t: number) => number][] = [
    // 1 - alphaBar is formed from alphaBar: gamma loses what 1 - alphaBar does
    ['alphaBar', '(cos(pi/2*(s+o)/(1+o)) / cos(pi/2*o/(1+o)))^2', { o: 0.008 }, 'cosine', (t) => 1e-15 / (1 - t) ** 2 + 1e-15 / t],
    ['beta', 'b0 + (b1 - b0)*s', { b0: 0.1, b1: 20 }, 'linear-beta', () => 1e-14],
    ['gamma', 'g0*s + g1*t', { g0: -5, g1: 5 }, 'linear-gamma', () => 1e-15],
  ]; // prettier-ignore
  for (const [quantity, formula, params, id, digits] of pairs)
    it(`${quantity}: ${formula} is ${id}`, () => {
      const [mine, theirs] = [createSchedule('expression', params, { quantity, formula }), createSchedule(id)];
      for (const t of [1e-5, 0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999]) {
        const [gamma, rate] = [theirs.logSnr(t), theirs.logSnrRate(t)];
        const off = [
          Math.abs(mine.logSnr(t) - gamma) / Math.max(1, Math.abs(gamma)),
          Math.abs(mine.logSnrRate(t) / rate - 1),
        ];
        for (const error of off) assert.ok(error <= digits(t) * 4, `${error} at ${t}`);
      }
    });

  const document = (inputs: object, params = {}) =>
    parseExperiment(JSON.stringify({ version: 1, schedules: [{ id: 'expression', inputs, params }] }));

  it('names become parameters of 1, with a slider that reaches the value they have', () => {
    const { experiment, problems } = document({ formula: '10*k*(t - 1/2) + c' }, { k: 12 });
    assert.deepEqual(problems, []);
    assert.deepEqual(experiment?.schedules[0]?.params, { k: 12, c: 1 });
    const rows = parametersOf(experiment.schedules[0]);
    assert.deepEqual([rows.k!.slider, rows.c!.slider], [[0, 12], [0, 5]]); // prettier-ignore
    const { problems: kept } = document({ formula: '10*t' }, { k: 1 });
    assert.match(kept[0]!.message, /^expression has no parameter "k", so it has no effect: it takes none$/);
    assert.match(
      document({ formula: 'k*t' }, { k: 'x' }).problems[0]!.message,
      /^k must be a number from -1000000 to 1000000: got "x"$/,
    );
  });

  it('what is wrong with the text stands at the formula, as an error', () => {
    const { experiment, problems } = document({ formula: '2*foo(t)' });
    assert.equal(experiment, undefined);
    assert.deepEqual(problems[0]!.path, ['schedules', 0, 'inputs', 'formula']);
    assert.match(problems[0]!.message, /^formula: unknown function "foo" at column 3:/);
    assert.match(document({ formula: 7 }).problems[0]!.message, /^formula must be a formula as text: got 7$/);
    assert.match(
      document({ quantity: 'x' }).problems[0]!.message,
      /^unknown quantity "x": choose one of gamma, alphaBar, beta$/,
    );
  });

  it('what is wrong with its values names the time: an error where there is none, else a warning', () => {
    const cases: [object, 'error' | 'warning', RegExp][] = [
      [{ formula: 'log(t - 1/4)' }, 'error', /^formula: it has no value at t = 0$/],
      [{ formula: 't/(abs(t - 1/2) - abs(t - 1/2))*0' }, 'error', /^formula: it has no value at t = 0/],
      [
        { formula: '4*t - 5*t^2' },
        'warning',
        /^formula: gamma decreases near t = 0\.40\d*, where a schedule must not$/,
      ],
      [{ formula: '2*t', quantity: 'alphaBar' }, 'warning', /^formula: ᾱ is 1, outside \(0, 1\), at t = 0\.5$/],
      [{ formula: '3 - 4*s', quantity: 'beta' }, 'warning', /^formula: β is −1, less than 0, at t = 1·10⁻⁹$/],
    ];
    for (const [inputs, severity, message] of cases) {
      const { problems } = document(inputs);
      assert.match(problems[0]?.message ?? 'nothing', message);
      assert.equal(problems[0]?.severity, severity);
    }
  });

  it('each quantity has a formula to begin with, with nothing wrong', () => {
    const formula = newEntry('expression');
    assert.deepEqual(document(formula.inputs).problems, []);
    for (const [quantity, text] of [
      ['alphaBar', 'cos(pi*s/2)^(2*k)'],
      ['beta', '0.1 + 20*k*s'],
    ])
      assert.deepEqual(document({ quantity, formula: text }).problems, []);
  });
});

import { functions, readFormula } from '../../../src/core/formula';
import { parametersOf } from '../../../src/core/schedules/definition';
import { entryProblems } from '../../../src/core/schedules/definition';
import { defaults } from '../../../src/core/registry/parameters';
import { scheduleFamily } from '../../../src/core/schedules';
import { asText, fuzzFault, Refused } from './reader';

const WORDS: readonly string[] = [
  ...functions.keys(),
  ...[
    't',
    's',
    'a',
    'b_1',
    'pi',
    'e',
    '+',
    '-',
    '*',
    '/',
    '^',
    '**',
    '(',
    ')',
    ',',
    '.',
    '1',
    '0',
    '2.5',
    '1e-3',
    '1e',
  ],
  ...[
    '!',
    '?',
    ':',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '`',
    ';',
    '=',
    '==',
    '&&',
    '=>',
    'this',
    'NaN',
    'Infinity',
    '٣',
    'x.y',
  ],
];

const VALID: readonly string[] = [
  ...[
    't',
    '1 - t',
    't^2 * (3 - 2 t)',
    't^2*(3-2*t)',
    'a*t + b',
    'log(t/(1-t))',
    '-log(tan(pi*s/2)^2)',
    'exp(-s)*t^(1/2)',
  ],
  ...['sqrt(t)/(1+sqrt(s))', 'sin(pi*t/2)^2', '((((t))))', '-(-(-t))', 'a^t', 't/0.5e-1', '2^-3*t', 'tanh(4*(t-0.5))'],
  ...['min(t, s)', 'max(a, t)', 'abs(t - 0.5)'],
];

const family = scheduleFamily('expression');
const INPUT = Object.entries(family.inputs ?? {}).find(([, row]) => row.kind === 'formula')![0];

/** Reads it and takes it at some times, and then as the formula of a schedule. */
function read(text: string): void {
  const formula = readFormula(text);
  const values = Object.fromEntries(formula.names.map((name) => [name, 1.5]));
  const at = formula.at(values);
  for (const t of [0, 1e-9, 0.3, 1]) {
    const [value, slope] = at(t);
    if (typeof value !== 'number' || typeof slope !== 'number') throw new Error(`at ${t} it is ${value}, ${slope}`);
  }
  const inputs = {
    ...Object.fromEntries(Object.entries(family.inputs!).map(([key, row]) => [key, row.default])),
    [INPUT]: text,
  };
  const params = defaults({ parameters: parametersOf({ id: family.id, inputs, params: {} }) });
  const problem = entryProblems({ id: family.id, inputs, params }).find(({ severity }) => severity === 'error');
  if (problem) throw new Refused(problem.message);
}

export const formulaFault = fuzzFault<string>({
  name: 'formula',
  what: 'formulas of schedules with parts changed are read, differentiated and made schedules',
  seconds: 100,
  short: 2000,
  inputs: () => VALID,
  mutate: (mutation, text) => mutation.text(text, WORDS),
  read,
  // a schedule's own checks come after the formula was read
  isPast: (_, error) => error instanceof Refused,
  ...asText,
});

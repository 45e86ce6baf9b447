import { functions, operators, type Dual } from './dual';
import { own } from '../registry/own';
import { parseFormula, type Tree } from './tree';

/** The names of time in a formula: t, and s = 1 - t. */
const TIME: ReadonlyMap<string, (t: number) => Dual> = new Map([
  ['t', (t: number): Dual => [t, 1]],
  ['s', (t: number): Dual => [1 - t, -1]],
]);

/** A formula that was read: its names beside time, in order, and what it is at a time. */
export interface Formula {
  readonly names: readonly string[];
  /** The formula as a function of time, with numbers for its names. */
  at(values: Readonly<Record<string, number>>): (t: number) => Dual;
}

/** Reads a formula; an InputError says what is wrong at which column. */
export function readFormula(text: string): Formula {
  const tree = parseFormula(text);
  const names = new Set<string>();
  collect(tree, names);
  return { names: [...names], at: (values) => compile(tree, values) };
}

function collect(tree: Tree, names: Set<string>): void {
  if (tree.kind === 'call') for (const one of tree.args) collect(one, names);
  else if (tree.kind === 'name' && !TIME.has(tree.name)) names.add(tree.name);
}

/** A tree as nested functions. */
function compile(tree: Tree, values: Readonly<Record<string, number>>): (t: number) => Dual {
  if (tree.kind === 'number') return constant([tree.value, 0]);
  if (tree.kind === 'name') return TIME.get(tree.name) ?? constant([own(values, tree.name) ?? NaN, 0]);
  const args = tree.args.map((one) => compile(one, values));
  const operator = operators[tree.name];
  if (operator) {
    const [left, right] = args as [(t: number) => Dual, (t: number) => Dual];
    return (t) => operator(left(t), right(t));
  }
  const { of } = functions.get(tree.name)!;
  return (t) => of(args.map((arg) => arg(t)));
}

const constant = (value: Dual) => () => value;

export { functions } from './dual';
export { FormulaError, LONGEST } from './tree';
export type { Dual } from './dual';

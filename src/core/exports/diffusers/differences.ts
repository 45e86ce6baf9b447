import type { Experiment } from '../../experiment/experiment';

/** What a configuration says of an experiment. */
export type Aspect = 'schedule' | 'grid' | 'method' | 'dynamics';

const values: Readonly<Record<Aspect, (experiment: Experiment) => unknown>> = {
  schedule: ({ schedules: [first] }) => [first!.id, first!.params, first!.inputs, first!.modifiers],
  grid: ({ grid }) => grid,
  method: ({ integrator }) => integrator.id,
  dynamics: ({ dynamics }) => dynamics,
};

/** Ends of a curve that were logarithms come back with an error in the last digits. */
const ROUNDING = 1e-12;

function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number')
    return a === b || Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return left.length === right.size && left.every(([key, value]) => right.has(key) && same(value, right.get(key)));
}

/** In what two experiments differ, of what a configuration says. */
export const differences = (a: Experiment, b: Experiment): readonly Aspect[] =>
  (Object.keys(values) as Aspect[]).filter((aspect) => !same(values[aspect](a), values[aspect](b)));

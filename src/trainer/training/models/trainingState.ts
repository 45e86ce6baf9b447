import type { RandomState } from '../../../core/math/random';
import type { Weights } from '../../network/network';
import type { Entry } from '../../runs/safetensors';

/** Arrays by name, each with its shape. */
export type Tensors = Readonly<Record<string, Entry>>;

/** All that a training needs to go on as if it had never stopped. */
export interface Resume {
  readonly step: number;
  /** Weights, moments, averages and orders of rows, by name. */
  readonly state: Tensors;
  /** The generators of random numbers, by name. */
  readonly random: Readonly<Record<string, RandomState>>;
}

/** A training's state, with the weights that answer: their average, where one is kept. */
export interface Saved extends Resume {
  readonly weights: Tensors;
}

/** Named parameters as arrays, their names after a prefix. */
export const tensorsOf = (
  weights: Weights,
  sizes: Readonly<Record<string, readonly number[]>>,
  prefix: string,
): Tensors =>
  Object.fromEntries(Object.entries(weights).map(([name, values]) => [prefix + name, { shape: sizes[name]!, values }]));

/** What has a name that starts with a prefix, by the rest of the name. */
export const partOf = <T>(named: Readonly<Record<string, T>>, prefix: string): Record<string, T> =>
  Object.fromEntries(
    Object.entries(named)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, one]) => [name.slice(prefix.length), one]),
  );

/** The parameters whose names start with a prefix, by the rest of the name. */
export const under = (tensors: Tensors, prefix: string): Weights =>
  Object.fromEntries(
    Object.entries(partOf(tensors, prefix)).map(([name, { values }]) => [name, values as Float32Array]),
  );

/** The states of trainings of parts of one model, at one step, as that of the whole. */
export function mergeSaved(parts: readonly Saved[]): Saved {
  const steps = new Set(parts.map(({ step }) => step));
  if (steps.size !== 1) throw new Error(`parts at steps ${[...steps].join(', ')} do not make one state`);
  return {
    step: parts[0]!.step,
    weights: Object.assign({}, ...parts.map(({ weights }) => weights)) as Tensors,
    state: Object.assign({}, ...parts.map(({ state }) => state)) as Tensors,
    random: Object.assign({}, ...parts.map(({ random }) => random)) as Resume['random'],
  };
}

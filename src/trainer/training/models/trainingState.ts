import type { RandomState } from '../../../core/math/random';
import type { Tensors } from '../../network/tensors';

/** All that a training needs to go on as if it had never stopped. */
export interface TrainingState {
  readonly step: number;
  /** Weights, moments, EMAs and orders of rows, by name. */
  readonly state: Tensors;
  /** The states of the random generators, by name. */
  readonly random: Readonly<Record<string, RandomState>>;
}

/** A training's state, and the weights that predict: their EMA, where one is kept. */
export interface TrainingSnapshot extends TrainingState {
  readonly weights: Tensors;
}

/** The states of trainings of parts of one model, all at one step, as that of the whole. An Error where steps differ. */
export function mergeSnapshots(parts: readonly TrainingSnapshot[]): TrainingSnapshot {
  const steps = new Set(parts.map(({ step }) => step));
  if (steps.size !== 1) throw new Error(`parts at steps ${[...steps].join(', ')} do not make one state`);
  return {
    step: parts[0]!.step,
    weights: Object.assign({}, ...parts.map(({ weights }) => weights)) as Tensors,
    state: Object.assign({}, ...parts.map(({ state }) => state)) as Tensors,
    random: Object.assign({}, ...parts.map(({ random }) => random)) as TrainingState['random'],
  };
}

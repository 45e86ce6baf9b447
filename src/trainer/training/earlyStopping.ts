import type { Examples } from '../data/examples';
import { entriesUnder, type Tensors } from '../network/tensors';
import type { Model } from '../sampling/model';
import { simulate } from '../sampling/simulate';
import type { TrainingSnapshot, TrainingState } from './models/trainingState';
import type { TrainingPlan } from './plan';

/** The weights with the least error on the validation rows. */
export interface BestWeights {
  /** The step that they are of. */
  readonly step: number;
  readonly error: number;
  readonly weights: Tensors;
}

/** The prefix of the best weights in a state, and the name of its numbers: error, step, and evaluations since. */
const [PREFIX, NUMBERS] = ['best.', 'stopping'];

/**
 * The error of a model on examples: the squared distance between the probabilities of the classes and the truth, mean
 * over the examples (Brier, Verification of forecasts, 1950). It tells models of equal accuracy apart. Where numbers are
 * predicted, it is the squared distance between these and the truth, scaled.
 */
export function validationError({ sampler, classes }: TrainingPlan, model: Model, examples: Examples): number {
  const states = simulate(model, sampler, examples);
  const { targets, labels, n } = examples;
  if (targets) return states.reduce((sum, value, k) => sum + (value - targets[k]!) ** 2, 0) / n;
  const truth = (k: number) => (labels[Math.floor(k / classes)] === k % classes ? 1 : 0);
  return model.read(states).probabilities.reduce((sum, p, k) => sum + (p - truth(k)) ** 2, 0) / n;
}

/** Stops a training that no longer improves on validation rows, which are never test rows. Keeps the best weights. */
export class EarlyStopping {
  best: BestWeights | undefined;
  /** Evaluations since the best one. */
  private waited = 0;

  constructor(
    private readonly plan: TrainingPlan,
    private readonly validation: Examples,
    resume?: TrainingState,
  ) {
    const numbers = resume?.state[NUMBERS];
    if (!resume || !numbers) return;
    const [error, step, waited] = Array.from(numbers.values) as [number, number, number];
    this.best = { error, step, weights: entriesUnder(resume.state, PREFIX) };
    this.waited = waited;
  }

  /** Evaluates a model with its state; `current` is the plan with the schedule as it is now. Returns whether to stop. */
  evaluate(current: TrainingPlan, model: Model, { step, weights }: TrainingSnapshot): boolean {
    const error = validationError(current, model, this.validation);
    if (!this.best || error < this.best.error) {
      this.best = { step, error, weights };
      this.waited = 0;
    } else this.waited++;
    return this.waited >= this.plan.patience;
  }

  /** A training's state with what resuming needs here, and with the best weights as those that predict. */
  withBestWeights(snapshot: TrainingSnapshot): TrainingSnapshot {
    const { best, waited } = this;
    if (!best) return snapshot;
    const kept = Object.entries(best.weights).map(([name, tensor]) => [PREFIX + name, tensor] as const);
    const numbers = { shape: [3], values: Float64Array.of(best.error, best.step, waited) };
    return {
      ...snapshot,
      weights: best.weights,
      state: { ...snapshot.state, ...Object.fromEntries(kept), [NUMBERS]: numbers },
    };
  }

  /** The result of early stopping, for a run's record. */
  message(stopped: boolean): string {
    const { best, validation, plan } = this;
    if (!best) return '';
    const kept = `the weights of step ${best.step} are kept, the best on ${validation.n} validation rows`;
    if (!stopped) return kept;
    return `stopped early, after ${plan.patience} evaluations without improvement: ${kept}`;
  }
}

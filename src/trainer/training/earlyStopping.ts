import type { TrainingState, TrainingSnapshot } from './models/trainingState';
import type { Model } from '../sampling/model';
import type { Tensors } from '../network/tensors';
import type { TrainingPlan } from './plan';
import type { Examples } from '../data/examples';
import { simulate } from '../sampling/simulate';

/** The weights that did best on the validation rows. */
export interface BestWeights {
  /** The step they are of. */
  readonly step: number;
  /** The error on the validation rows. */
  readonly error: number;
  readonly weights: Tensors;
}

/** Where the best weights stand in a state, and its numbers: error, step, and evaluations since. */
const [PREFIX, NUMBERS] = ['best.', 'stopping'];

/**
 * The error of a model on rows: the squared distance between the probabilities it gives the classes and the truth, mean
 * over the rows (Brier, Verification of forecasts, 1950), which unlike the accuracy tells equals apart; of numbers to
 * predict, that between them and the truth, scaled.
 */
export function validationError({ sampler, classes }: TrainingPlan, model: Model, rows: Examples): number {
  const states = simulate(model, sampler, rows);
  const { targets, labels, n } = rows;
  if (targets) return states.reduce((sum, value, k) => sum + (value - targets[k]!) ** 2, 0) / n;
  const truth = (k: number) => (labels[Math.floor(k / classes)] === k % classes ? 1 : 0);
  return model.read(states).probabilities.reduce((sum, p, k) => sum + (p - truth(k)) ** 2, 0) / n;
}

/** Stops a training that gets no better on rows set aside (never the test rows), and keeps its best weights. */
export class EarlyStopping {
  best: BestWeights | undefined;
  /** Evaluations since the best one. */
  private waited = 0;

  constructor(
    private readonly plan: TrainingPlan,
    private readonly rows: Examples,
    saved?: TrainingState,
  ) {
    const numbers = saved?.state[NUMBERS];
    if (!saved || !numbers) return;
    const [error, step, waited] = Array.from(numbers.values) as [number, number, number];
    const names = Object.keys(saved.state).filter((name) => name.startsWith(PREFIX));
    const weights = Object.fromEntries(names.map((name) => [name.slice(PREFIX.length), saved.state[name]!]));
    this.best = { error, step, weights };
    this.waited = waited;
  }

  /** Looks at a model and its state, by the plan with the schedule as it is now; answers whether it is time to stop. */
  evaluate(now: TrainingPlan, model: Model, { step, weights }: TrainingSnapshot): boolean {
    const error = validationError(now, model, this.rows);
    if (!this.best || error < this.best.error) {
      this.best = { step, error, weights };
      this.waited = 0;
    } else this.waited++;
    return this.waited >= this.plan.patience;
  }

  /** A training's state with what is needed to go on here, and with the best weights as those that answer. */
  withBestWeights(saved: TrainingSnapshot): TrainingSnapshot {
    const { best, waited } = this;
    if (!best) return saved;
    const kept = Object.entries(best.weights).map(([name, entry]) => [PREFIX + name, entry] as const);
    const numbers = { shape: [3], values: Float64Array.of(best.error, best.step, waited) };
    return {
      ...saved,
      weights: best.weights,
      state: { ...saved.state, ...Object.fromEntries(kept), [NUMBERS]: numbers },
    };
  }

  /** What became of it, for a run's record. */
  message(stopped: boolean): string {
    const { best, rows, plan } = this;
    if (!best) return '';
    const kept = `the weights of step ${best.step} are kept, the best on ${rows.n} validation rows`;
    if (!stopped) return kept;
    return `stopped early, after ${plan.patience} evaluations without improvement: ${kept}`;
  }
}

import { Random } from '../../core/random';
import type { LearnedSchedule } from '../learnedSchedule';
import { initialWeights, type Network, type Shape } from '../network';
import type { Plan } from '../plan';
import { Learner } from './learner';
import type { Batch, Model, ModelTraining, TrainingStart } from './model';
import type { Saved } from './saved';

/** The training of a model that is one network. */
export class SingleTraining implements ModelTraining {
  private readonly learner: Learner;
  private readonly random: Random;
  private readonly answering: Model;

  /** `batches` makes the batches of a loss from a stream of random numbers; `answer` a model of the network that answers; `learned`
   * is the schedule where it is trained too, by the batches. */
  constructor(
    plan: Plan,
    shape: Shape,
    batches: (random: Random) => Batch,
    answer: (network: Network) => Model,
    { saved }: TrainingStart = {},
    private readonly learned?: LearnedSchedule,
  ) {
    this.random = saved ? new Random(saved.random.batches!) : Random.stream(plan.seed, 'batches');
    this.learner = new Learner(plan, shape, batches(this.random), () => initialWeights(shape, plan.seed), saved);
    this.answering = answer(this.learner.answering);
  }

  get step(): number {
    return this.learner.step;
  }
  get loss(): number {
    return this.learner.loss;
  }
  get norm(): number {
    return this.learner.norm;
  }
  get errors(): Float32Array {
    return this.learner.errors.values;
  }
  get bins(): Int32Array {
    return this.learner.batch.bins;
  }
  get rowWeights(): ArrayLike<number> {
    return this.learner.batch.weights?.values ?? [];
  }
  get schedule(): Float64Array | undefined {
    return this.learned?.weights;
  }
  get model(): Model {
    return this.answering;
  }

  next(): boolean {
    return this.learner.next();
  }

  save(): Saved {
    const { learner, random, learned } = this;
    return {
      step: learner.step,
      weights: { ...learner.weights(), ...learned?.tensors() },
      state: { ...learner.state(), ...learned?.state() },
      random: { batches: random.state() },
    };
  }

  dispose(): void {
    this.learner.dispose();
  }
}

import { Random } from '../../../core/math/random';
import type { LearnedSchedule } from '../optimiser/learnedSchedule';
import type { Network, Shape, Weights } from '../../network/network';
import type { Plan } from '../plan';
import type { Terms } from '../../../core/runs/metrics';
import { Learner } from './networkTrainer';
import type { Batch, Model, ModelTraining, TrainingStart } from './modelKind';
import type { Saved } from './trainingState';

/** The training of a model that is one network. */
export class SingleTraining implements ModelTraining {
  readonly learner: Learner;
  private readonly random: Random;
  private readonly answering: Model;

  /**
   * `initial` are the weights to begin with; `batches` makes the batches of a loss from a stream of random numbers, for
   * the network that learns; `answer` a model of the network that answers; `learned` is the schedule where it is trained
   * too, by the batches.
   */
  constructor(
    plan: Plan,
    shape: Shape,
    initial: () => Weights,
    batches: (random: Random, network: Network) => Batch,
    answer: (network: Network) => Model,
    { saved }: TrainingStart = {},
    private readonly learned?: LearnedSchedule,
  ) {
    this.random = saved ? new Random(saved.random.batches!) : Random.stream(plan.seed, 'batches');
    this.learner = new Learner(plan, shape, (network) => batches(this.random, network), initial, saved);
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
  get terms(): Terms | undefined {
    return this.learner.batch.terms;
  }
  get schedule(): Float64Array | undefined {
    return this.learned?.answering;
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
      weights: { ...this.answering.weights(), ...learned?.tensors() },
      state: { ...learner.state(), ...learned?.state() },
      random: { batches: random.state() },
    };
  }

  dispose(): void {
    this.answering.dispose();
    this.learner.dispose();
  }
}

import { Random } from '../../../core/math/random';
import type { Terms } from '../../../core/runs/metrics';
import type { Network, Shape } from '../../network/network';
import type { Weights } from '../../network/tensors';
import type { Model } from '../../sampling/model';
import type { Batch } from '../batches/batch';
import type { LearnedSchedule } from '../optimiser/learnedSchedule';
import type { TrainingSetup } from './modelSpec';
import type { ModelTraining, TrainingStart } from './modelTraining';
import { Learner } from './networkTrainer';
import type { Saved } from './trainingState';

/** What a training of one network is made of. */
export interface NetworkParts {
  readonly shape: Shape;
  /** Makes the initial weights. */
  readonly initial: () => Weights;
  /** Makes the batches of a loss from a stream of random numbers, for the network that is trained. */
  readonly batches: (random: Random, network: Network) => Batch;
  /** Makes the model of the network that predicts. */
  readonly model: (network: Network) => Model;
  /** The schedule, where the batches train it too. */
  readonly learned?: LearnedSchedule | undefined;
}

/** The training of a model that is one network. */
export class SingleTraining implements ModelTraining {
  readonly learner: Learner;
  readonly model: Model;
  private readonly random: Random;
  private readonly learned: LearnedSchedule | undefined;

  constructor(setup: TrainingSetup, parts: NetworkParts, { saved }: TrainingStart = {}) {
    const random = saved ? new Random(saved.random.batches!) : Random.stream(setup.seed, 'batches');
    this.random = random;
    this.learned = parts.learned;
    const batches = (network: Network) => parts.batches(random, network);
    this.learner = new Learner(setup, parts.shape, batches, parts.initial, saved);
    this.model = parts.model(this.learner.answering);
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

  next(): boolean {
    return this.learner.next();
  }

  save(): Saved {
    const { learner, random, learned, model } = this;
    return {
      step: learner.step,
      weights: { ...model.weights(), ...learned?.tensors() },
      state: { ...learner.state(), ...learned?.state() },
      random: { batches: random.state() },
    };
  }

  dispose(): void {
    this.model.dispose();
    this.learner.dispose();
  }
}

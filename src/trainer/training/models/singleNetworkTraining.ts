import { Random } from '../../../core/math/random';
import type { Terms } from '../../../core/runs/metrics';
import type { Network, NetworkShape } from '../../network/network';
import type { Weights } from '../../network/tensors';
import type { Model } from '../../sampling/model';
import type { Batches } from '../batches/batches';
import type { LearnedSchedule } from '../optimiser/learnedSchedule';
import type { TrainingSetup } from './modelSpec';
import type { ModelTraining, StartOptions } from './modelTraining';
import { NetworkTrainer } from './networkTrainer';
import type { TrainingSnapshot } from './trainingState';

/** What a training of one network is made of. */
export interface NetworkParts {
  readonly shape: NetworkShape;
  /** Makes the initial weights. */
  readonly initial: () => Weights;
  /** Makes the batches of a loss from a stream of random numbers, for the network that is trained. */
  readonly batches: (random: Random, network: Network) => Batches;
  /** Makes the model of the network that predicts. */
  readonly model: (network: Network) => Model;
  /** The schedule, where the batches train it too. */
  readonly learned?: LearnedSchedule | undefined;
}

/** The training of a model that is one network. */
export class SingleNetworkTraining implements ModelTraining {
  readonly trainer: NetworkTrainer;
  readonly model: Model;
  private readonly random: Random;
  private readonly learned: LearnedSchedule | undefined;

  constructor(setup: TrainingSetup, parts: NetworkParts, { resume }: StartOptions = {}) {
    const random = resume ? new Random(resume.random.batches!) : Random.stream(setup.seed, 'batches');
    this.random = random;
    this.learned = parts.learned;
    const batches = (network: Network) => parts.batches(random, network);
    this.trainer = new NetworkTrainer(setup, parts.shape, batches, parts.initial, resume);
    this.model = parts.model(this.trainer.predictionNetwork);
  }

  get step(): number {
    return this.trainer.step;
  }
  get loss(): number {
    return this.trainer.loss;
  }
  get gradientNorm(): number {
    return this.trainer.gradientNorm;
  }
  get errors(): Float32Array {
    return this.trainer.errors.values;
  }
  get bins(): Int32Array {
    return this.trainer.batches.bins;
  }
  get rowWeights(): ArrayLike<number> {
    return this.trainer.batches.weights?.values ?? [];
  }
  get terms(): Terms | undefined {
    return this.trainer.batches.terms;
  }
  get schedule(): Float64Array | undefined {
    return this.learned?.predictionWeights;
  }

  next(): boolean {
    return this.trainer.next();
  }

  save(): TrainingSnapshot {
    const { trainer, random, learned, model } = this;
    return {
      step: trainer.step,
      weights: { ...model.weights(), ...learned?.tensors() },
      state: { ...trainer.state(), ...learned?.state() },
      random: { batches: random.state() },
    };
  }

  dispose(): void {
    this.model.dispose();
    this.trainer.dispose();
  }
}

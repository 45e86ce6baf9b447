import { Random } from '../../../core/math/random';
import type { Network, NetworkShape } from '../../network/network';
import type { Tensors, Weights } from '../../network/tensors';
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
export class SingleNetworkTraining extends NetworkTrainer implements ModelTraining {
  readonly model: Model;
  private readonly random: Random;
  private readonly learned: LearnedSchedule | undefined;

  constructor(setup: TrainingSetup, parts: NetworkParts, { resume }: StartOptions = {}) {
    const random = resume ? new Random(resume.random.batches!) : Random.stream(setup.seed, 'batches');
    super(setup, parts.shape, (network) => parts.batches(random, network), parts.initial, resume);
    this.random = random;
    this.learned = parts.learned;
    this.model = parts.model(this.predictionNetwork);
  }

  get rowWeights(): ArrayLike<number> {
    return this.batches.weights?.values ?? [];
  }
  get schedule(): Float64Array | undefined {
    return this.learned?.predictionWeights;
  }

  weights(): Tensors {
    return { ...this.model.weights(), ...this.learned?.tensors() };
  }

  save(): TrainingSnapshot {
    const { step, random, learned } = this;
    return {
      step,
      weights: this.weights(),
      state: { ...this.state(), ...learned?.state() },
      random: { batches: random.state() },
    };
  }

  override dispose(): void {
    this.model.dispose();
    super.dispose();
  }
}

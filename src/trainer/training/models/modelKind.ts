import type { Denoiser } from '../../../core/denoisers';
import type { Experiment } from '../../../core/experiment/experiment';
import type { ModelId } from '../../../core/models';
import type { Terms } from '../../../core/runs/metrics';
import type { Method } from '../../../protocol/trainer';
import type { Address, Block } from '../../engine/heap';
import type { Shape, Weights } from '../../network/network';
import type { Plan } from '../plan';
import type { Rows } from '../../data/examples';
import type { Sampler } from '../../sampling/sampler';
import type { Resume, Saved, Tensors } from './trainingState';

/** What a model is made for: an experiment, and how many features and classes (or numbers to predict) its data have. */
export interface Job {
  readonly experiment: Experiment;
  readonly features: number;
  readonly classes: number;
  /** How many numbers are predicted in place of classes; 0 where there are classes. */
  readonly numbers: number;
}

/** A model over fixed rows: u (or the velocity v) as a function of z and t alone. Dispose it. */
export interface BoundModel extends Denoiser {
  dispose(): void;
}

/** What states at the end say. */
export interface Reading {
  /** n indices of classes. */
  readonly labels: Int32Array;
  /** n x classes, each row of sum 1. */
  readonly probabilities: Float32Array;
}

/** A model in tfjs' heap that can answer. Dispose it. */
export interface Model {
  /** Length of a state z. */
  readonly m: number;
  /** Length of x. */
  readonly features: number;
  /** Binds rows x (n x features, standardised): what depends on them alone is computed once. */
  bind(x: Float32Array, n: number): BoundModel;
  /** Reads the classes from states at the end, n x m; where numbers are predicted, the states are these, scaled. */
  read(states: ArrayLike<number>): Reading;
  /** The clean states z_T of rows, n x m; zeros where numbers to predict are not known. */
  targets(rows: Pick<Rows, 'labels' | 'targets' | 'n'>): Float64Array;
  /** A copy of the parameters, and of a table that they alone do not tell. */
  weights(): Tensors;
  dispose(): void;
}

/** Batches of one loss in tfjs' heap; each call of `next` overwrites the last. Dispose it. */
export interface Batch {
  /** Rows of a batch. */
  readonly size: number;
  /** What the network is given, size x inputs. */
  readonly input: Block;
  /** The bin of log-SNR of each row; of length 0 where the loss knows no log-SNR. */
  readonly bins: Int32Array;
  /** What each row's error is multiplied by in the loss; absent where it is not a mean of such. */
  readonly weights?: Block | undefined;
  /** The terms of the last loss, where there is more than one. */
  readonly terms?: Terms;
  /** Takes the loss's gradient in z (rows x m) of the network's backward pass, where `finish` or `learn` needs it. */
  readonly stateSlope?: Block | undefined;
  next(): void;
  /**
   * The mean loss of the network's answers (size x outputs). Its gradient in them goes to slope, and each row's error,
   * |u - z_T|^2 where there is a u, to errors.
   */
  loss(answers: Address, slope: Address, errors: Address): number;
  /** Writes the gradients of what is trained beside the layers into the vector of all, after the network's own. */
  finish?(gradients: Address): void;
  /** Takes an optimiser's step (from 1) with what the loss has to train beside the network, after the backward pass. */
  learn?(errors: ArrayLike<number>, rate: number, step: number): void;
  /** Takes back what the last `learn` did. */
  retreat?(): void;
  /** Where in the rows it stands, to go on from. */
  save(): Int32Array;
  restore(state: ArrayLike<number>): void;
  dispose(): void;
}

/** A training at one step: weights, optimisers, batches and their random numbers. Dispose it. */
export interface ModelTraining {
  /** Steps taken. */
  readonly step: number;
  /** Of the last step: its loss, and the Euclidean norm of the gradient over all parameters, unclipped. */
  readonly loss: number;
  readonly norm: number;
  /** |u - z_T|^2 of each row of the last step, and the bin of log-SNR it falls in; of length 0 where there is no u. */
  readonly errors: ArrayLike<number>;
  readonly bins: Int32Array;
  /** What the errors are multiplied by in the loss, row by row; of length 0 where it is not a mean of such. */
  readonly rowWeights: ArrayLike<number>;
  /** The weights of the schedule that goes with what answers, where it is trained with the model. */
  readonly schedule?: Float64Array | undefined;
  /** The losses and the norms of the last step block by block, where blocks are trained apart. */
  readonly blocks?: { readonly losses: Float64Array; readonly norms: Float64Array } | undefined;
  /** The terms of the last loss, where there is more than one. */
  readonly terms?: Terms | undefined;
  /** What answers: the average of the weights, where one is kept. It is the training's own; do not dispose it. */
  readonly model: Model;
  /**
   * Takes one step. False where a loss or gradient is not finite: the step is then not counted, and the weights are
   * those of the last finite loss.
   */
  next(): boolean;
  /** A copy of the state. */
  save(): Saved;
  dispose(): void;
}

/** How a training begins. */
export interface TrainingStart {
  /** The state to go on from. */
  readonly saved?: Resume | undefined;
  /** The blocks of NoProp-DT to train, where others train the rest; their states are put together by `mergeSaved`. */
  readonly blocks?: readonly number[] | undefined;
}

/** A row of the registry: one kind of model. */
export interface ModelKind {
  readonly id: ModelId;
  /** The shape of its network, of each where it has several. */
  shape(job: Job): Shape;
  /** The size of each named parameter. */
  sizes(job: Job): Readonly<Record<string, readonly number[]>>;
  /**
   * How its states are carried from noise to data, with what a method sets in place of the experiment's own; an
   * InputError where they cannot be.
   */
  sampler(experiment: Experiment, method?: Method): Sampler;
  /** The model of named parameters; an Error where they do not fit. */
  open(job: Job, weights: Weights): Model;
  training(plan: Plan, start?: TrainingStart): ModelTraining;
  /** How many blocks are trained apart, each by `TrainingStart.blocks` and with random numbers of its own; 1 for none. */
  apart?(experiment: Experiment): number;
}

import type { Experiment } from '../../../core/experiment/experiment';
import type { ModelId } from '../../../core/models';
import type { Method } from '../../../protocol/trainerCalls';
import type { Shape } from '../../network/network';
import type { Shapes, Weights } from '../../network/tensors';
import type { Model } from '../../sampling/model';
import type { Sampler } from '../../sampling/sampler';
import type { Job, TrainingSetup } from './modelSpec';
import type { ModelTraining, TrainingStart } from './modelTraining';

/** A row of the registry: one kind of model. */
export interface ModelKind {
  readonly id: ModelId;
  /** The shape of its network, or of each of its networks. */
  shape(job: Job): Shape;
  /** The shapes of all named parameters. */
  sizes(job: Job): Shapes;
  /**
   * How its states are carried from noise to data; `method` replaces settings of the experiment. An InputError where
   * they cannot be.
   */
  sampler(experiment: Experiment, method?: Method): Sampler;
  /** The model of named parameters. An Error where they do not fit. */
  open(job: Job, weights: Weights): Model;
  training(setup: TrainingSetup, start?: TrainingStart): ModelTraining;
  /** How many blocks can be trained apart, each with random numbers of its own; 1 where none can. */
  apart?(experiment: Experiment): number;
}

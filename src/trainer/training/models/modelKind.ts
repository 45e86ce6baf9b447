import type { Experiment } from '../../../core/experiment/experiment';
import type { ModelId } from '../../../core/models';
import type { NetworkShape } from '../../network/network';
import type { Shapes, Weights } from '../../network/tensors';
import type { Model } from '../../sampling/model';
import type { Method, Sampler } from '../../../core/sampling';
import type { ModelSpec, TrainingSetup } from './modelSpec';
import type { ModelTraining, StartOptions } from './modelTraining';

/** A row of the registry: one kind of model. */
export interface ModelKind {
  readonly id: ModelId;
  /** The shape of its network, or of each of its networks. */
  networkShape(spec: ModelSpec): NetworkShape;
  /** The shapes of all named parameters. */
  parameterShapes(spec: ModelSpec): Shapes;
  /**
   * How its states are carried from noise to data; `method` replaces settings of the experiment. An InputError where
   * they cannot be.
   */
  sampler(experiment: Experiment, method?: Method): Sampler;
  /** The model of named parameters. An Error where they do not fit. */
  open(spec: ModelSpec, weights: Weights): Model;
  training(setup: TrainingSetup, start?: StartOptions): ModelTraining;
  /** How many blocks can be trained apart, each with random numbers of its own; 1 where none can. */
  independentBlocks?(experiment: Experiment): number;
}

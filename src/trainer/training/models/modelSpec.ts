import type { Experiment } from '../../../core/experiment/experiment';
import type { Examples } from '../../data/examples';
import type { OptimiserSettings } from '../optimiser/adam';

/** What a model is made for: an experiment, and how many features and classes (or numbers to predict) its data have. */
export interface ModelSpec {
  readonly experiment: Experiment;
  readonly features: number;
  readonly classes: number;
  /** How many numbers are predicted in place of classes; 0 where there are classes. */
  readonly targetCount: number;
}

/** All that a model needs to be trained. */
export interface TrainingSetup extends ModelSpec, OptimiserSettings {
  readonly train: Examples;
  readonly batchSize: number;
  readonly seed: number;
}

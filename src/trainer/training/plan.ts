import type { Experiment } from '../../core/experiment/experiment';
import { checkLearning } from '../../core/experiment/learnedSchedule';
import { checkTraining } from '../../core/experiment/trainingMemory';
import { examplesOf, type Examples } from '../data/examples';
import type { PreparedData } from '../data/preparedData';
import { totalSize } from '../network/tensors';
import type { Sampler } from '../../core/sampling/sampler';
import { kindOf } from './models';
import type { ModelKind } from './models/modelKind';
import type { ModelSpec, TrainingSetup } from './models/modelSpec';
import { optimiserSettings } from './optimiser/adam';

/** All that a training does, decided from an experiment and its data. */
export interface TrainingPlan extends TrainingSetup {
  readonly kind: ModelKind;
  readonly data: PreparedData;
  readonly test: Examples;
  /** The rows of early stopping; absent where there is none. */
  readonly validation?: Examples;
  /** How many evaluations early stopping waits for a better one. */
  readonly patience: number;
  /** Steps from one kept checkpoint to the next; 0 for none. */
  readonly checkpointInterval: number;
  readonly sampler: Sampler;
  readonly steps: number;
  /** Steps that one row of metrics sums up, and steps from one evaluation to the next. */
  readonly metricsInterval: number;
  readonly evaluationInterval: number;
}

/** The most rows of metrics of a run. */
const METRIC_ROWS = 400;
/** Evaluations of a run, without and with early stopping. */
const [EVALUATIONS, STOPPING_EVALUATIONS] = [10, 40];

/** Plans a training. An InputError says which part of the experiment cannot be trained. */
export function planTraining(experiment: Experiment, data: PreparedData): TrainingPlan {
  const { training, seed } = experiment;
  const { steps, batch, patience, checkpoints } = training;
  const kind = kindOf(experiment);
  checkLearning(experiment);
  const spec: ModelSpec = {
    experiment,
    features: data.features.length,
    classes: data.classes.length,
    targetCount: data.targets?.names.length ?? 0,
  };
  const { states, outputs } = kind.networkShape(spec); // throws where settings do not go together
  checkTraining(experiment, {
    rows: data.labels.length,
    features: spec.features,
    states,
    outputs,
    bytes: data.x instanceof Uint8Array ? 1 : 4,
    parameters: totalSize(kind.parameterShapes(spec)),
  });
  return {
    ...spec,
    kind,
    data,
    train: examplesOf(data, data.train),
    test: examplesOf(data, data.test),
    ...(data.validation && { validation: examplesOf(data, data.validation) }),
    patience,
    checkpointInterval: checkpoints,
    sampler: kind.sampler(experiment),
    steps,
    batchSize: batch,
    seed,
    ...optimiserSettings(training),
    metricsInterval: Math.ceil(steps / METRIC_ROWS),
    evaluationInterval: Math.ceil(steps / (patience ? STOPPING_EVALUATIONS : EVALUATIONS)),
  };
}

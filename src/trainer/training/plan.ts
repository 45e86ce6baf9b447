import type { Experiment } from '../../core/experiment/experiment';
import { checkLearning } from '../../core/experiment/learnedSchedule';
import { checkTraining } from '../../core/experiment/memory';
import type { Prepared } from '../data/load';
import { kindOf, type Job, type ModelKind } from './models';
import { partRows, type Rows } from '../data/examples';
import type { Sampler } from '../sampling/sampler';

/** All that a training does, decided from an experiment and its data. */
export interface Plan extends Job {
  readonly kind: ModelKind;
  readonly data: Prepared;
  readonly train: Rows;
  readonly test: Rows;
  /** Rows that early stopping judges by, and how many evaluations it waits; absent where it does not take part. */
  readonly validation?: Rows;
  readonly patience: number;
  /** Steps between the checkpoints that are kept; 0 for none. */
  readonly checkpoints: number;
  readonly sampler: Sampler;
  readonly steps: number;
  readonly batch: number;
  readonly seed: number;
  /** The learning rate of a step, counted from 0. */
  readonly rate: (step: number) => number;
  readonly weightDecay: number;
  readonly gradientClip: number;
  /** The share of the average of the weights that a step keeps; 0 where there is none. */
  readonly averaging: number;
  /** Steps a row of metrics, and between evaluations. */
  readonly interval: number;
  readonly evaluateEvery: number;
}

/** Rows of metrics a run has at most, and evaluations. */
const [ROWS, EVALUATIONS] = [400, 10];
/** Evaluations where early stopping goes by them. */
const LOOKS = 40;

/** How many parameters these named sizes have. */
export const weightCount = (sizes: Readonly<Record<string, readonly number[]>>): number =>
  Object.values(sizes).reduce((sum, size) => sum + size.reduce((product, n) => product * n, 1), 0);

/** Plans a training; an InputError says which part of the experiment it cannot run. */
export function planOf(experiment: Experiment, data: Prepared): Plan {
  const { steps, batch, learningRate, warmup, weightDecay, gradientClip, averaging, patience, checkpoints } =
    experiment.training;
  const kind = kindOf(experiment);
  checkLearning(experiment);
  const job: Job = {
    experiment,
    features: data.features.length,
    classes: data.classes.length,
    numbers: data.targets?.names.length ?? 0,
  };
  const { states, outputs } = kind.shape(job); // which refuses settings that do not go together, too
  checkTraining(experiment, {
    rows: data.labels.length,
    features: job.features,
    states,
    outputs,
    bytes: data.x instanceof Uint8Array ? 1 : 4,
    parameters: weightCount(kind.sizes(job)),
  });
  return {
    ...job,
    kind,
    data,
    train: partRows(data, data.train),
    test: partRows(data, data.test),
    ...(data.validation && { validation: partRows(data, data.validation) }),
    patience,
    checkpoints,
    sampler: kind.sampler(experiment),
    steps,
    batch,
    seed: experiment.seed,
    // Half a cosine to zero (Loshchilov and Hutter, arXiv 1608.03983): ends on an average, not on the last batch.
    rate: (step) =>
      (learningRate * Math.min(1, (step + 1) / (warmup + 1)) * (1 + Math.cos((Math.PI * step) / steps))) / 2,
    weightDecay,
    gradientClip,
    averaging,
    interval: Math.ceil(steps / ROWS),
    evaluateEvery: Math.ceil(steps / (patience ? LOOKS : EVALUATIONS)),
  };
}

import type { Experiment } from '../core/experiment';
import { InputError } from '../core/problem';
import { timeSampling } from '../core/timeSampling';
import type { Prepared } from './data';
import type { Source } from './loss';
import type { Shape } from './network';
import { partRows, type Rows } from './rows';
import { samplerOf, type Sampler } from './sampler';

/** All that a training does, decided from an experiment and its data. */
export interface Plan {
  readonly shape: Shape;
  readonly source: Source;
  readonly data: Prepared;
  readonly train: Rows;
  readonly test: Rows;
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

/** The network of an experiment for data with so many features and classes. */
export const shapeOf = ({ model }: Experiment, features: number, classes: number): Shape => ({
  features,
  outputs: classes,
  timeFeatures: model.timeFeatures,
  hidden: model.hidden,
  activation: model.activation,
});

const planned = ['ct'];

/** Plans a training; an InputError says which part of the experiment it cannot run. */
export function planOf(experiment: Experiment, data: Prepared): Plan {
  const { steps, batch, learningRate, weightCap, warmup, weightDecay, gradientClip, averaging, times } =
    experiment.training;
  const { id } = experiment.model;
  if (!planned.includes(id)) throw new InputError(`model.id ${id} cannot be trained: choose one of ${planned.join()}`);
  if (data.targets)
    throw new InputError(`the model learns classes, and data ${experiment.data.id} have numbers to predict`);
  const sampler = samplerOf(experiment);
  const { schedule, window, seed } = sampler;
  const [train, test] = [partRows(data, data.train), partRows(data, data.test)];
  const shape = shapeOf(experiment, data.features.length, data.classes.length);
  const targets = new Float32Array(train.n * shape.outputs);
  train.labels.forEach((label, i) => (targets[i * shape.outputs + label] = 1));
  return {
    shape,
    data,
    train,
    test,
    source: { ...shape, x: train.x, targets, n: train.n, schedule, window, weightCap, sampling: timeSampling(times) },
    sampler,
    steps,
    batch,
    seed,
    // Half a cosine to zero (Loshchilov and Hutter, arXiv 1608.03983): ends on an average, not on the last batch.
    rate: (step) =>
      (learningRate * Math.min(1, (step + 1) / (warmup + 1)) * (1 + Math.cos((Math.PI * step) / steps))) / 2,
    weightDecay,
    gradientClip,
    averaging,
    interval: Math.ceil(steps / ROWS),
    evaluateEvery: Math.ceil(steps / EVALUATIONS),
  };
}

import { type Experiment } from '../../../core/experiment/experiment';
import { entrySchedule } from '../../../core/schedules/entry';
import { experimentWindow } from '../../../core/experiment/experimentFlow';
import { learnsSchedule } from '../../../core/experiment/learnedSchedule';
import { marginal } from '../../../core/process/marginals';
import type { Random } from '../../../core/math/random';
import { timeSampling } from '../../../core/models/timeSampling';
import { HeadedBatch, type Ends } from '../batches/headedBatches';
import { isTrained } from '../heads/layout';
import { LearnedSchedule, savedSchedule, scheduleSizes } from '../optimiser/learnedSchedule';
import { Batches, type Source } from '../batches/timedBatches';
import { weightShapes, type Network, type Shape } from '../../network/network';
import type { Plan } from '../plan';
import { scheduleSampler } from '../../sampling/sampler';
import { fourierFrequencies } from '../../network/timeFeatures';
import { answeringModel, fixedTargets, headedShape, headedWeights, openStates, trainedHead } from './headed';
import type { Batch, Job, ModelKind, TrainingStart } from './modelKind';
import { SingleTraining } from './singleNetworkTraining';

/** What the shapes of all kinds have in common. */
export const hiddenOf = ({ model }: Experiment): Pick<Shape, 'hidden' | 'activation' | 'residual'> => ({
  hidden: model.hidden,
  activation: model.activation,
  residual: model.residual,
});

/** The time features of an experiment's network. */
export const timeOf = ({ model, seed }: Experiment): Pick<Shape, 'timeFeatures' | 'frequencies'> => ({
  timeFeatures: model.timeFeatures,
  ...(model.timeEmbedding === 'fourier' && { frequencies: fourierFrequencies(model.timeFeatures, seed) }),
});

/** The network of [z, x, t] of a job. */
export const timedShape = (job: Job): Shape => ({
  ...hiddenOf(job.experiment),
  ...timeOf(job.experiment),
  ...headedShape(job),
  features: job.features,
});

/** The schedule of a plan where it is trained with the model. */
function learnedOf({ experiment }: Plan, { saved }: TrainingStart): LearnedSchedule | undefined {
  if (!learnsSchedule(experiment)) return undefined;
  const { schedules, training } = experiment;
  const { scheduleLoss, averaging } = training;
  return new LearnedSchedule(schedules[0]!, scheduleLoss, saved && savedSchedule(saved.state), averaging);
}

const sourceOf = (plan: Plan, learned: LearnedSchedule | undefined): Omit<Source, 'targets'> => {
  const { experiment, train } = plan;
  const { weightCap, times, eta } = experiment.training;
  return {
    ...timeOf(experiment),
    features: plan.features,
    states: timedShape(plan).states,
    x: train.x,
    schedule: learned ?? entrySchedule(experiment.schedules[0]!),
    window: experimentWindow(experiment),
    // under a cap a schedule that is trained would lower the loss by its own weight alone
    weightCap: learned ? Infinity : weightCap,
    sampling: timeSampling(times),
    eta,
  };
};

/** States drawn from q(z_1 | y) with the spare normals of a batch; z_1 = signal z_T + noise, where the log-SNR ends. */
export function marginalEnds(batches: Pick<Batches, 'targets' | 'normals'>, logSnr: number): Ends {
  const { signal, noise } = marginal(logSnr);
  return {
    write(out) {
      const [to, from, normals] = [out.values, batches.targets.values, batches.normals.values];
      for (let k = 0; k < to.length; k++) to[k] = signal * from[k]! + noise * normals[to.length + k]!;
    },
    target: () => signal,
  };
}

/** Batches of the loss of a plan, for the network that learns. */
function batchesOf(plan: Plan, source: Omit<Source, 'targets'>, network: Network, random: Random): Batch {
  const head = trainedHead(plan, network);
  if (!head) return new Batches({ ...source, targets: fixedTargets(plan) }, plan.batch, random);
  const { schedule, window, states, eta } = source;
  const targets = { table: head.table, index: plan.train.labels };
  const spare = isTrained(head.shape) ? states : 0;
  const batches = new Batches({ ...source, targets, spare }, plan.batch, random);
  const ends = spare ? marginalEnds(batches, schedule.logSnr(window.end)) : undefined;
  return new HeadedBatch(batches, head, { eta, ends, start: schedule.logSnr(window.start) });
}

/** NoProp-CT: one network u(z, x, t), trained at times drawn at random (Li, Teh and Pascanu, arXiv 2503.24322). */
export const ct: ModelKind = {
  id: 'ct',
  shape: timedShape,
  sizes: (job) => ({ ...weightShapes(timedShape(job)), ...scheduleSizes(job.experiment) }),
  sampler: scheduleSampler,
  open: (job, weights) => openStates(job, timedShape(job), weights),
  training(plan, start = {}) {
    const learned = learnedOf(plan, start);
    return new SingleTraining(
      plan,
      timedShape(plan),
      () => headedWeights(plan, timedShape(plan)),
      (random, network) => batchesOf(plan, sourceOf(plan, learned), network, random),
      (network) => answeringModel(plan, network),
      start,
      learned,
    );
  },
};

import { entrySchedule } from '../../../core/schedules/entry';
import { experimentWindow } from '../../../core/experiment/experimentFlow';
import { learnsSchedule } from '../../../core/experiment/learnedSchedule';
import type { Random } from '../../../core/math/random';
import { timeSampling } from '../../../core/models/timeSamplings';
import { weightShapes, type Network } from '../../network/network';
import { scheduleSampler } from '../../sampling/sampler';
import type { Batch } from '../batches/batch';
import { marginalEnds } from '../batches/finalStates';
import { HeadedBatch } from '../batches/headedBatches';
import { Batches, type Source } from '../batches/timedBatches';
import { isTrained } from '../heads/layout';
import { LearnedSchedule, savedSchedule, scheduleSizes } from '../optimiser/learnedSchedule';
import { answeringModel, fixedTargets, headedWeights, openStates, trainedHead } from './headed';
import type { ModelKind } from './modelKind';
import type { TrainingSetup } from './modelSpec';
import type { TrainingStart } from './modelTraining';
import { timedShape, timeOf } from './networkShapes';
import { SingleTraining } from './singleNetworkTraining';

/** The schedule, where it is trained with the model. */
function learnedOf({ experiment }: TrainingSetup, { saved }: TrainingStart): LearnedSchedule | undefined {
  if (!learnsSchedule(experiment)) return undefined;
  const { schedules, training } = experiment;
  const { scheduleLoss, averaging } = training;
  return new LearnedSchedule(schedules[0]!, scheduleLoss, saved && savedSchedule(saved.state), averaging);
}

function sourceOf(setup: TrainingSetup, learned: LearnedSchedule | undefined): Omit<Source, 'targets'> {
  const { experiment, train, features } = setup;
  const { weightCap, times, eta } = experiment.training;
  return {
    ...timeOf(experiment),
    features,
    states: timedShape(setup).states,
    x: train.x,
    schedule: learned ?? entrySchedule(experiment.schedules[0]!),
    window: experimentWindow(experiment),
    // A schedule that is trained would lower a capped loss by its weight alone.
    weightCap: learned ? Infinity : weightCap,
    sampling: timeSampling(times),
    eta,
  };
}

/** The batches of the loss, for the network that is trained. */
function batchesOf(setup: TrainingSetup, source: Omit<Source, 'targets'>, network: Network, random: Random): Batch {
  const { batch: size, train } = setup;
  const head = trainedHead(setup, network);
  if (!head) return new Batches({ ...source, targets: fixedTargets(setup) }, size, random);
  const { schedule, window, states, eta } = source;
  const targets = { table: head.table, index: train.labels };
  const spare = isTrained(head.shape) ? states : 0;
  const batches = new Batches({ ...source, targets, spare }, size, random);
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
  training(setup, start = {}) {
    const learned = learnedOf(setup, start);
    const shape = timedShape(setup);
    const parts = {
      shape,
      initial: () => headedWeights(setup, shape),
      batches: (random: Random, network: Network) => batchesOf(setup, sourceOf(setup, learned), network, random),
      model: (network: Network) => answeringModel(setup, network),
      learned,
    };
    return new SingleTraining(setup, parts, start);
  },
};

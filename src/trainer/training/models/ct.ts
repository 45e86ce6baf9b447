import { entrySchedule } from '../../../core/schedules/entry';
import { experimentWindow } from '../../../core/experiment/experimentFlow';
import { learnsSchedule } from '../../../core/experiment/learnedSchedule';
import type { Random } from '../../../core/math/random';
import { timeSampling } from '../../../core/models/timeSamplings';
import { parameterShapes, type Network } from '../../network/network';
import { samplers } from '../../../core/sampling';
import type { Batches } from '../batches/batches';
import { marginalFinalStates } from '../batches/finalStates';
import { HeadedBatches } from '../batches/headedBatches';
import { TimedBatches, type TimedBatchOptions } from '../batches/timedBatches';
import { hasParameters } from '../heads/layout';
import { LearnedSchedule } from '../optimiser/learnedSchedule';
import { scheduleShapes } from '../optimiser/scheduleTensors';
import { trainingModel, fixedTargets, initialHeadedWeights, openNetworkModel, objectiveHead } from './headedNetwork';
import type { ModelKind } from './modelKind';
import type { TrainingSetup } from './modelSpec';
import type { StartOptions } from './modelTraining';
import { timedNetworkShape, timeFeaturesOf } from './networkShapes';
import { SingleNetworkTraining } from './singleNetworkTraining';

/** The schedule, where it is trained with the model. */
function learnedOf({ experiment }: TrainingSetup, { resume }: StartOptions): LearnedSchedule | undefined {
  if (!learnsSchedule(experiment)) return undefined;
  const { scheduleLoss, averaging: emaDecay } = experiment.training;
  return new LearnedSchedule(experiment.schedules[0]!, scheduleLoss, resume?.state, emaDecay);
}

function sourceOf(setup: TrainingSetup, learned: LearnedSchedule | undefined): Omit<TimedBatchOptions, 'targets'> {
  const { experiment, train } = setup;
  const { weightCap, times, eta } = experiment.training;
  return {
    ...timeFeaturesOf(experiment),
    states: timedNetworkShape(setup).states,
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
function batchesOf(
  setup: TrainingSetup,
  source: Omit<TimedBatchOptions, 'targets'>,
  network: Network,
  random: Random,
): Batches {
  const { batchSize: size, train } = setup;
  const head = objectiveHead(setup, network);
  if (!head) return new TimedBatches({ ...source, targets: fixedTargets(setup) }, size, random);
  const { schedule, window, states, eta } = source;
  const targets = { table: head.table, index: train.labels };
  const spare = hasParameters(head.shape) ? states : 0;
  const batches = new TimedBatches({ ...source, targets, spare }, size, random);
  const ends = spare ? marginalFinalStates(batches.inputs, schedule.logSnr(window.end)) : undefined;
  return new HeadedBatches(batches, head, { eta, finalStates: ends, startLogSnr: schedule.logSnr(window.start) });
}

/** NoProp-CT: one network u(z, x, t), trained at times drawn at random (Li, Teh and Pascanu, arXiv 2503.24322). */
export const ct: ModelKind = {
  id: 'ct',
  networkShape: timedNetworkShape,
  parameterShapes: (spec) => ({ ...parameterShapes(timedNetworkShape(spec)), ...scheduleShapes(spec.experiment) }),
  sampler: samplers.ct,
  open: (spec, weights) => openNetworkModel(spec, timedNetworkShape(spec), weights),
  training(setup, start = {}) {
    const learned = learnedOf(setup, start);
    const shape = timedNetworkShape(setup);
    const parts = {
      shape,
      initial: () => initialHeadedWeights(setup, shape),
      batches: (random: Random, network: Network) => batchesOf(setup, sourceOf(setup, learned), network, random),
      model: (network: Network) => trainingModel(setup, network),
      learned,
    };
    return new SingleNetworkTraining(setup, parts, start);
  },
};

import { createDynamics, type Dynamics } from '../../../core/dynamics';
import type { Experiment } from '../../../core/experiment/experiment';
import { entryGrid } from '../../../core/grids/entry';
import { integratorOf, refusal } from '../../../core/integrators';
import type { Random } from '../../../core/math/random';
import { timeSampling } from '../../../core/models/timeSamplings';
import { noiseLevelAt } from '../../../core/process/noiseLevel';
import { startOf } from '../../../core/process/starts';
import { InputError } from '../../../core/registry/problem';
import { createSchedule, type Schedule } from '../../../core/schedules';
import type { Method } from '../../../protocol/trainerCalls';
import { parameterShapes, type Network } from '../../network/network';
import { toleranceOf, type PathSampler } from '../../sampling/sampler';
import type { Batches } from '../batches/batches';
import { straightFinalStates } from '../batches/finalStates';
import { FlowBatches } from '../batches/flowBatches';
import { HeadedBatches } from '../batches/headedBatches';
import { trainingModel, fixedTargets, initialHeadedWeights, openNetworkModel, objectiveHead } from './headedNetwork';
import type { ModelKind } from './modelKind';
import type { TrainingSetup } from './modelSpec';
import { timedNetworkShape, timeFeaturesOf } from './networkShapes';
import { SingleNetworkTraining } from './singleNetworkTraining';

/** dz/dt = v(z, x, t): the network's output is the slope itself, so there is no pole at t = 1. */
const velocity: Dynamics = { id: 'flow-matching', needs: [], rates: () => ({ pull: 1, decay: 0 }) };

/** The log-SNR of z_t = t z_1 + (1 - t) z_0, limited so that grids by log-SNR have finite ends. */
function straightLines(limit: number): Schedule {
  const { logSnr, logSnrRate } = createSchedule('rectified-flow');
  return { logSnr: (t) => Math.max(-limit, Math.min(limit, logSnr(t))), logSnrRate };
}

/** The sampler of flow matching, from t = 0 to 1. It has no schedule, and no other dynamics. */
function flowSampler(experiment: Experiment, method: Method = {}): PathSampler {
  const { integrator: own, grid, start, seed } = experiment;
  const { dynamics: asked } = method;
  if (asked && asked.id !== velocity.id)
    throw new InputError(`NoProp-FM runs under the dynamics flow-matching alone: got ${asked.id}`);
  const integrator = integratorOf(method.integrator ?? own.id);
  const reason = refusal(integrator, { dynamics: velocity, denoiser: { times: 'all' } });
  if (reason)
    throw new InputError(
      `integrator.id: NoProp-FM runs under the dynamics flow-matching, and ${reason}: choose an explicit method, such as euler, heun or rk4`,
    );
  const schedule = straightLines(experiment.window.logSnr);
  const window = { start: 0, end: 1 };
  return {
    schedule,
    window,
    dynamics: velocity,
    noise: false,
    integrator,
    times: entryGrid(grid).times({ schedule, window }, method.steps ?? own.steps),
    tolerance: toleranceOf(experiment, method),
    start: startOf(start),
    place: noiseLevelAt(createDynamics('flow-matching'), schedule, 0),
    seed,
  };
}

/** The batches of the loss, for the network that is trained. */
function batchesOf(setup: TrainingSetup, network: Network, random: Random): Batches {
  const { experiment, train, batchSize: size } = setup;
  const { eta, times } = experiment.training;
  const { states } = timedNetworkShape(setup);
  const source = { ...timeFeaturesOf(experiment), states, x: train.x, sampling: timeSampling(times), eta };
  const head = objectiveHead(setup, network);
  const targets = head ? { table: head.table, index: train.labels } : fixedTargets(setup);
  const batches = new FlowBatches({ ...source, targets }, size, random);
  return head ? new HeadedBatches(batches, head, { eta, finalStates: straightFinalStates(batches.inputs) }) : batches;
}

/** NoProp-FM: one network v(z, x, t) for the velocity of straight lines (Li, Teh and Pascanu, arXiv 2503.24322). */
export const fm: ModelKind = {
  id: 'fm',
  networkShape: timedNetworkShape,
  parameterShapes: (spec) => parameterShapes(timedNetworkShape(spec)),
  sampler: flowSampler,
  open: (spec, weights) => openNetworkModel(spec, timedNetworkShape(spec), weights),
  training(setup, start) {
    const shape = timedNetworkShape(setup);
    const parts = {
      shape,
      initial: () => initialHeadedWeights(setup, shape),
      batches: (random: Random, network: Network) => batchesOf(setup, network, random),
      model: (network: Network) => trainingModel(setup, network),
    };
    return new SingleNetworkTraining(setup, parts, start);
  },
};

import type { Dynamics } from '../../../core/dynamics';
import { createDynamics } from '../../../core/dynamics';
import type { Experiment } from '../../../core/experiment/experiment';
import { entryGrid } from '../../../core/grids/entry';
import { integratorOf, refusal } from '../../../core/integrators';
import { InputError } from '../../../core/registry/problem';
import type { Random } from '../../../core/math/random';
import { createSchedule, type Schedule } from '../../../core/schedules';
import { noiseLevelAt, startOf } from '../../../core/process/starts';
import { timeSampling } from '../../../core/models/timeSampling';
import type { Method } from '../../../protocol/trainer';
import { floatsAt } from '../../engine/heap';
import { HeadedBatch, type Ends } from '../batches/headedBatches';
import { weightShapes, type Network } from '../../network/network';
import type { Plan } from '../plan';
import { toleranceOf, type PathSampler } from '../../sampling/sampler';
import { timedShape, timeOf } from './ct';
import { FlowBatches } from '../batches/flowBatches';
import { answeringModel, fixedTargets, headedWeights, openStates, trainedHead } from './headed';
import type { Batch, ModelKind } from './modelKind';
import { SingleTraining } from './singleNetworkTraining';

/** dz/dt = v(z, x, t): what the network answers is the slope itself, so that no pole stands at t = 1. */
const velocity: Dynamics = { id: 'flow-matching', needs: [], rates: () => ({ pull: 1, decay: 0 }) };

/** The log-SNR of z_t = t z_1 + (1 - t) z_0, kept finite so that grids by log-SNR have ends to go by. */
function straightLines(limit: number): Schedule {
  const { logSnr, logSnrRate } = createSchedule('rectified-flow');
  return { logSnr: (t) => Math.max(-limit, Math.min(limit, logSnr(t))), logSnrRate };
}

/** The sampler of flow matching, from t = 0 to 1: there is no schedule, and no other dynamics. */
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

/** The end of the straight line that a state and its velocity are on: z_t + (1 - t) v = t z_1 + (1 - t)(z_0 + v). */
const straightEnds = ({ signal, rest, ends, normals, size }: FlowBatches): Ends => ({
  write(out, answers) {
    const m = out.length / size;
    const [to, from, noise, v] = [out.values, ends.values, normals.values, floatsAt(answers, out.length)];
    const [share, left] = [signal.values, rest.values];
    for (let k = 0; k < to.length; k++) {
      const i = Math.floor(k / m);
      to[k] = share[i]! * from[k]! + left[i]! * (noise[k]! + v[k]!);
    }
  },
  target: () => signal.values,
  answer: () => rest.values,
});

function batchesOf(plan: Plan, network: Network, random: Random): Batch {
  const { experiment, features, train, batch } = plan;
  const { eta, times } = experiment.training;
  const { states } = timedShape(plan);
  const source = { ...timeOf(experiment), features, states, x: train.x, sampling: timeSampling(times), eta };
  const head = trainedHead(plan, network);
  if (!head) return new FlowBatches({ ...source, targets: fixedTargets(plan) }, batch, random);
  const batches = new FlowBatches({ ...source, targets: { table: head.table, index: train.labels } }, batch, random);
  return new HeadedBatch(batches, head, { eta, ends: straightEnds(batches) });
}

/** NoProp-FM: one network v(z, x, t) for the velocity of straight lines (Li, Teh and Pascanu, arXiv 2503.24322). */
export const fm: ModelKind = {
  id: 'fm',
  shape: timedShape,
  sizes: (job) => weightShapes(timedShape(job)),
  sampler: flowSampler,
  open: (job, weights) => openStates(job, timedShape(job), weights),
  training: (plan, start) =>
    new SingleTraining(
      plan,
      timedShape(plan),
      () => headedWeights(plan, timedShape(plan)),
      (random, network) => batchesOf(plan, network, random),
      (network) => answeringModel(plan, network),
      start,
    ),
};

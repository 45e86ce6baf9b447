import { entryDynamics } from '../../../core/dynamics/entry';
import type { Experiment } from '../../../core/experiment/experiment';
import { integratorOf, refusal } from '../../../core/integrators';
import { InputError } from '../../../core/registry/problem';
import { noiseLevelAt, startOf } from '../../../core/process/starts';
import type { Method } from '../../../protocol/trainer';
import { Network, weightShapes, type Shape, type Weights } from '../../network/network';
import type { PathSampler } from '../../sampling/sampler';
import { BlockModel, prefixOf } from './blockModel';
import { blocksOf } from '../batches/blocks';
import { BlockTraining } from './blockTraining';
import { hiddenOf } from './ct';
import { headedShape, headOf, openTable } from './headed';
import { HeadVector } from './headTrainer';
import type { Job, ModelKind } from './modelKind';
import { partOf } from './trainingState';
import { stateSide } from './stateCodec';

/** The network of a block, of [z, x]: t is the same for all that it is given. */
const blockShape = (job: Job): Shape => {
  const { states, outputs } = headedShape(job);
  return { ...hiddenOf(job.experiment), features: job.features, states, outputs, timeFeatures: 0 };
};

const numbers = ({ experiment }: Job) => Array.from({ length: experiment.model.blocks }, (_, block) => block);

/**
 * The sampler of NoProp-DT, by steps at its own times: the exact step (eqs. 10 to 13), with its noise where
 * dynamics.noise is on, unless a method names another integrator.
 */
function blockSampler(experiment: Experiment, method: Method = {}): PathSampler {
  const { schedule, window, times } = blocksOf(experiment);
  const entry = method.dynamics ?? experiment.dynamics;
  const flow = { dynamics: entryDynamics(entry), noise: entry.noise };
  const integrator = integratorOf(method.integrator ?? (entry.noise ? 'posterior-step' : 'exponential-1'));
  if (method.steps !== undefined && method.steps !== times.length - 1)
    throw new InputError(
      `NoProp-DT takes one step a block: steps must be model.blocks, ${times.length - 1}, not ${method.steps}`,
    );
  const reason = refusal(integrator, { ...flow, denoiser: { times: 'blocks' } });
  if (reason)
    throw new InputError(
      method.integrator === undefined ? `dynamics.id: NoProp-DT samples by the exact step, and ${reason}` : reason,
    );
  return {
    schedule,
    window,
    ...flow,
    integrator,
    times,
    start: startOf(experiment.start),
    place: noiseLevelAt(flow.dynamics, schedule, times[0]!),
    seed: experiment.seed,
  };
}

/** The state side of a run, with the weights that it shares among the blocks. */
function openSide(job: Job, weights: Weights) {
  const shape = headOf(job);
  if (!shape) return { ...stateSide(job, undefined), trained: () => ({}) };
  const vector = new HeadVector(shape, weights, openTable(shape, weights));
  return { ...stateSide(job, vector.head), trained: () => vector.tensors(), dispose: () => vector.dispose() };
}

/** NoProp-DT: a network for each of T steps, trained apart from the others (Li, Teh and Pascanu, arXiv 2503.24322). */
export const dt: ModelKind = {
  id: 'dt',
  shape: blockShape,
  sizes(job) {
    const one = Object.entries(weightShapes(blockShape(job)));
    return {
      ...Object.fromEntries(numbers(job).flatMap((block) => one.map(([name, size]) => [prefixOf(block) + name, size]))),
      ...headedShape(job).extra,
    };
  },
  sampler: blockSampler,
  open(job, weights) {
    const shape = blockShape(job);
    const networks = new Map(
      numbers(job).map((block) => [block, new Network(shape, partOf(weights, prefixOf(block)))] as const),
    );
    return new BlockModel(shape, blocksOf(job.experiment).times, networks, openSide(job, weights), true);
  },
  // a shared embedding or read-out is learned from all blocks together
  apart: ({ model }) => (model.embedding.id !== 'learned' && model.readout === 'nearest' ? model.blocks : 1),
  training: (plan, start) => new BlockTraining(plan, blockShape(plan), blocksOf(plan.experiment), start),
};

import type { Random } from '../../../core/math/random';
import { timeSampling } from '../../../core/models/timeSamplings';
import { samplers } from '../../../core/sampling';
import { parameterShapes, type Network } from '../../network/network';
import type { Batches } from '../batches/batches';
import { straightFinalStates } from '../batches/finalStates';
import { FlowBatches } from '../batches/flowBatches';
import { HeadedBatches } from '../batches/headedBatches';
import { trainingModel, fixedTargets, initialHeadedWeights, openNetworkModel, objectiveHead } from './headedNetwork';
import type { ModelKind } from './modelKind';
import type { TrainingSetup } from './modelSpec';
import { timedNetworkShape, timeFeaturesOf } from './networkShapes';
import { SingleNetworkTraining } from './singleNetworkTraining';

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
  sampler: samplers.fm,
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

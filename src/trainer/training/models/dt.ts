import { samplers } from '../../../core/sampling';
import { blocksOf } from '../../../core/sampling/blocks';
import { Network, parameterShapes, type NetworkShape } from '../../network/network';
import { entriesUnder, type Weights } from '../../network/tensors';
import { blockModel, blockPrefix, type BlockParts } from './blockModel';
import { BlockTraining } from './blockTraining';
import { headedNetworkShape, headShapeOf, fixedEmbeddings } from './headedNetwork';
import { HeadParameters } from './headTrainer';
import type { ModelKind } from './modelKind';
import type { ModelSpec } from './modelSpec';
import { hiddenLayersOf } from './networkShapes';
import { stateCodec } from './stateCodec';

/** The network of a block, of [z, x]. It needs no t, which is the same for all rows that it gets. */
const blockShape = (spec: ModelSpec): NetworkShape => {
  const { states, outputs } = headedNetworkShape(spec);
  return { ...hiddenLayersOf(spec.experiment), features: spec.features, states, outputs, timeFeatures: 0 };
};

const blockNumbers = ({ experiment }: ModelSpec) =>
  Array.from({ length: experiment.model.blocks }, (_, block) => block);

/** The states of a run, and the weights that its blocks share. */
function openCodec(spec: ModelSpec, weights: Weights): Pick<BlockParts, 'codec' | 'shared'> {
  const shape = headShapeOf(spec);
  if (!shape) return { codec: stateCodec(spec, undefined), shared: () => ({}) };
  const vector = new HeadParameters(shape, weights, fixedEmbeddings(shape, weights));
  const codec = { ...stateCodec(spec, vector.head), dispose: () => vector.dispose() };
  return { codec, shared: () => vector.tensors() };
}

/** NoProp-DT: a network for each of T steps, each trained apart (Li, Teh and Pascanu, arXiv 2503.24322). */
export const dt: ModelKind = {
  id: 'dt',
  networkShape: blockShape,
  parameterShapes(spec) {
    const one = Object.entries(parameterShapes(blockShape(spec)));
    const all = blockNumbers(spec).flatMap((block) =>
      one.map(([name, size]) => [blockPrefix(block) + name, size] as const),
    );
    return { ...Object.fromEntries(all), ...headedNetworkShape(spec).extra };
  },
  sampler: samplers.dt,
  open(spec, weights) {
    const shape = blockShape(spec);
    const network = (block: number) => new Network(shape, entriesUnder(weights, blockPrefix(block)));
    const networks = new Map(blockNumbers(spec).map((block) => [block, network(block)] as const));
    const { times } = blocksOf(spec.experiment);
    return blockModel({ times, networks, ...openCodec(spec, weights) }, true);
  },
  // A shared embedding or read-out is learned from all blocks together.
  independentBlocks: ({ model }) =>
    model.embedding.id !== 'learned' && model.readout === 'nearest' ? model.blocks : 1,
  training: (setup, start) => new BlockTraining(setup, blockShape(setup), blocksOf(setup.experiment), start),
};

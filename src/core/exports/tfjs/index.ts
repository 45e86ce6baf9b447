import { besideName, type ExportFormat, type ExportSource } from '../export';
import type { Graph, GraphConstant, GraphPort } from '../modelGraph/graph';
import { trainedOf } from '../modelGraph/recipe';
import { metadataOf } from '../modelGraph/metadata';
import { uGraph } from '../modelGraph/u';
import { axisConstants, tensorFlowNodes } from './nodes';

const dtypeOf = ({ data }: GraphConstant) => (data instanceof Float32Array ? 'float32' : 'int32');

/** A port as signatures have it; -1 stands for a length that the caller chooses. */
const signatureOf = (ports: readonly GraphPort[]) =>
  Object.fromEntries(
    ports.map(({ name, shape, type }) => [
      name,
      {
        name: `${name}:0`,
        dtype: type === 'float' ? 'DT_FLOAT' : 'DT_INT32',
        tensorShape: { dim: shape.map((length) => ({ size: String(typeof length === 'number' ? length : -1) })) },
      },
    ]),
  );

/** How a graph is called from JavaScript. */
function callOf({ inputs, outputs }: Graph): string {
  const feeds = inputs.map(({ name, shape }) => `${name}: tf.tensor(${name}, [${shape.join(', ')}])`).join(', ');
  return `const model = await tf.loadGraphModel(url); const ${outputs[0]!.name} = model.predict({ ${feeds} });`;
}

/** model.json of a graph model of TensorFlow.js. */
function modelJson(graph: Graph, shard: string, metadata: Readonly<Record<string, string>>): string {
  const { inputs, outputs, constants } = graph;
  const about = Object.fromEntries([...inputs, ...outputs].map((port) => [port.name, port.about]));
  const model = {
    format: 'graph-model',
    generatedBy: 'NoProp Lab',
    convertedBy: null,
    userDefinedMetadata: { call: callOf(graph), about, ...metadata },
    signature: { inputs: signatureOf(inputs), outputs: signatureOf(outputs) },
    modelTopology: { node: tensorFlowNodes(graph), library: {}, versions: { producer: 1 } },
    weightsManifest: [
      { paths: [shard], weights: constants.map((one) => ({ name: one.name, shape: one.shape, dtype: dtypeOf(one) })) },
    ],
  };
  return JSON.stringify(model, null, 1) + '\n';
}

/** All constants, one behind the other, little-endian. */
function shardBytes({ constants }: Graph): Uint8Array {
  const count = constants.reduce((sum, { data }) => sum + data.length, 0);
  const view = new DataView(new ArrayBuffer(4 * count));
  let at = 0;
  for (const { data } of constants)
    for (const value of data) {
      if (data instanceof Float32Array) view.setFloat32(at, value, true);
      else view.setInt32(at, value, true);
      at += 4;
    }
  return new Uint8Array(view.buffer);
}

/** The graph of u, with its axes as constants. */
function graphOf(source: ExportSource): Graph {
  const graph = uGraph(trainedOf(source));
  return { ...graph, constants: [...graph.constants, ...axisConstants(graph)] };
}

const shardName = (name: string) => besideName(name, '.weights.bin');

export const tfjs: ExportFormat = {
  id: 'tfjs',
  title: 'TensorFlow.js model, u alone',
  summary:
    'The network as u(z, x, t), or the velocity of NoProp-FM, for tf.loadGraphModel: JSON with a file of weights',
  extension: 'json',
  needs: 'run',
  write: (source, name) => modelJson(graphOf(source), shardName(name), metadataOf(trainedOf(source))),
  beside: (source, name) => [{ name: shardName(name), content: shardBytes(graphOf(source)) }],
};

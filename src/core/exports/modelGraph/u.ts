import type { TrainedModel } from '../export';
import { GraphBuilder, type Graph, type Value } from './graph';
import { layerName, NetworkGraph, sumOf } from './network';
import { tensorOf } from './recipe';

/** What the inputs and the output of u are, in words. */
const ABOUT = {
  z: 'states, a row each',
  x: 'features as they are in the data, a row each; NaN where one is missing',
  t: 'the time, from 0 (noise) to 1 (data): one for all rows, or one for each',
  block: 'the time, one for all rows or one for each: the network of the block that begins nearest to it answers',
};

/** u(z, x, t) of a run, or the velocity of NoProp-FM, with the scaling of x and the time features inside. */
export function uGraph(model: TrainedModel): Graph {
  const builder = new GraphBuilder();
  const network = new NetworkGraph(builder, model);
  const { inputs, output, steps } = network.recipe;
  const blocks = network.recipe.model === 'dt' ? steps.times!.slice(0, -1) : undefined;
  const rows = (name: 'z' | 'x', width: number) =>
    builder.input({ name, type: 'float', shape: ['rows', width], about: ABOUT[name] });
  const z = inputs.z ? rows('z', inputs.z) : undefined;
  const x = network.scaled(rows('x', inputs.x));
  const timed = blocks !== undefined || inputs.timeFeatures > 0;
  const about = ABOUT[blocks ? 'block' : 't'];
  const t = timed ? builder.input({ name: 't', type: 'float', shape: ['times'], about }) : undefined;
  const outputs = blocks ? blockOutputs(builder, network, { z, x, t: t! }, blocks) : plainOutputs(builder, network, { z, x, t }); // prettier-ignore
  const name = output.rule === 'velocity' ? 'velocity' : 'u';
  const width = network.model.tensors['embedding.table']?.shape[1] ?? tensorOf(model, layerName(network.recipe.layers.count - 1, 'bias', blocks && 0)).shape[0]!; // prettier-ignore
  builder.output(network.answer(outputs), {
    name,
    type: 'float',
    shape: ['rows', output.rule === 'softmax' ? width : inputs.z || width],
    about: name === 'u' ? 'the clean states that are expected' : 'the velocity of the states',
  });
  return builder.graph(name, `${name}(${[z && 'z', 'x', t].filter(Boolean).join(', ')})`);
}

/** What a network reads. */
interface Read {
  readonly z: Value | undefined;
  readonly x: Value;
  readonly t: Value | undefined;
}

/** One network for all times. */
function plainOutputs(builder: GraphBuilder, network: NetworkGraph, { z, x, t }: Read): Value {
  const first = sumOf(builder, [
    builder.add('MatMul', [x, network.firstKernel('x')]),
    z && builder.add('MatMul', [z, network.firstKernel('z')]),
    t && builder.add('MatMul', [timeFeatures(builder, network, t), network.firstKernel('timeFeatures')]),
    network.layer(0, 'bias'),
  ])!;
  return network.behind(first, (layer, part) => network.layer(layer, part));
}

/** Sines, then cosines, of all frequencies (times x count). */
function timeFeatures(builder: GraphBuilder, network: NetworkGraph, t: Value): Value {
  const { inputs, timeFeatures: given } = network.recipe;
  const angular = (count: number) =>
    builder.constant(`timeFeatures.angular.${count}`, [1, count], Float32Array.from(given.frequencies.slice(0, count), (f) => 2 * Math.PI * f)); // prettier-ignore
  const column = builder.add('Reshape', [t, builder.whole([-1, 1])]);
  const sines = given.frequencies.length;
  const cosines = inputs.timeFeatures - sines;
  const wave = (op: 'Sin' | 'Cos', count: number) => builder.add(op, [builder.add('Mul', [column, angular(count)])]);
  return cosines ? builder.add('Concat', [wave('Sin', sines), wave('Cos', cosines)], { axis: -1 }) : wave('Sin', sines);
}

/** A network for each block: all kernels in one tensor, of which each time takes its own. */
function blockOutputs(
  builder: GraphBuilder,
  network: NetworkGraph,
  { z, x, t }: Read & { readonly t: Value },
  times: readonly number[],
): Value {
  const column = builder.add('Reshape', [t, builder.whole([-1, 1])]);
  const begins = builder.constant('blocks.times', [1, times.length], Float32Array.from(times));
  const block = builder.add('ArgMin', [builder.add('Abs', [builder.add('Sub', [column, begins])])], { axis: 1 });
  const stacked = (layer: number, part: 'kernel' | 'bias', rows?: readonly [number, number]) => {
    const all = times.map((_, k) => tensorOf(network.model, layerName(layer, part, k)));
    const width = all[0]!.shape.at(-1)!;
    const [from, to] = rows ?? [0, part === 'bias' ? 1 : all[0]!.shape[0]!];
    const data = new Float32Array(all.length * (to - from) * width);
    all.forEach((one, k) => data.set(one.data.subarray(from * width, to * width), k * (to - from) * width));
    const name = `blocks.layers.${layer}.${part}${rows ? `.${from}` : ''}`;
    return builder.add('Gather', [builder.constant(name, [all.length, to - from, width], data), block], { axis: 0 });
  };
  const { inputs } = network.recipe;
  // Each row is a matrix of one row, so that each may have a kernel of its own.
  const product = (value: Value, width: number, rows: readonly [number, number]) =>
    builder.add('MatMul', [builder.add('Reshape', [value, builder.whole([-1, 1, width])]), stacked(0, 'kernel', rows)]);
  const first = sumOf(builder, [
    product(x, inputs.x, [inputs.z, inputs.z + inputs.x]),
    z && product(z, inputs.z, [0, inputs.z]),
    stacked(0, 'bias'),
  ])!;
  const outputs = network.behind(first, (layer, part) => stacked(layer, part), 0);
  const width = tensorOf(network.model, layerName(network.recipe.layers.count - 1, 'bias', 0)).shape[0]!;
  return builder.add('Reshape', [outputs, builder.whole([-1, width])]);
}

import { InputError } from '../../registry/problem';
import type { TrainedModel } from '../export';
import { GraphBuilder, type Graph, type GraphPort, type Value } from './graph';
import { layerName, NetworkGraph, sumOf, type Sum } from './network';
import { readOut } from './readout';
import { tensorOf, type Recipe } from './recipe';

/** The most lines of steps that are unrolled: beyond them a runtime takes long to load the graph. */
const MOST_LINES = 2000;

type Line = NonNullable<Recipe['steps']['lines']>[number];

/** Why the steps of a run cannot be unrolled; undefined where they can. */
export function whyNotUnrolled({ steps: { lines, why } }: Recipe): string | undefined {
  if (!lines) return why;
  return lines.length > MOST_LINES ? `its steps have ${lines.length} lines, more than ${MOST_LINES}` : undefined;
}

/** How many normals a path of a prediction takes, each n x length of z: its start, then one for each draw of its noise. */
export const drawsOf = ({ starts, steps }: Recipe): number =>
  Number(starts.law === 'normal') + (steps.lines ?? []).filter(({ noise }) => noise).length;

/**
 * From x to labels with their probabilities, or to numbers: all steps unrolled. Where a path takes normals they are an
 * input (starts x draws x rows x length of z), so that the graph is a function. An InputError where steps cannot be unrolled.
 */
export function predictionGraph(model: TrainedModel): Graph {
  const builder = new GraphBuilder();
  const network = new NetworkGraph(builder, model);
  const { recipe } = network;
  const why = whyNotUnrolled(recipe);
  if (why)
    throw new InputError(`the whole prediction cannot be one graph: ${why}. The network alone can: choose onnx-u`);
  const draws = drawsOf(recipe);
  const ports: GraphPort[] = [
    { name: 'x', type: 'float', shape: ['rows', recipe.inputs.x], about: 'features as they are in the data, a row each; NaN where one is missing' }, // prettier-ignore
  ];
  if (draws)
    ports.push({ name: 'normals', type: 'float', shape: ['starts', draws, 'rows', recipe.inputs.z], about: `N(0, 1): of each path ${recipe.starts.law === 'normal' ? 'its start, then ' : ''}its draws of noise in their order; the lab takes ${recipe.starts.count} paths a row` }); // prettier-ignore
  for (const port of ports) builder.input(port);
  readOut(builder, network, unrolled(builder, network, draws > 0), draws > 0);
  return builder.graph('prediction', 'From features to what is predicted of them, all steps unrolled.');
}

/** The states at the end: ([starts x] rows x length of z). */
function unrolled(builder: GraphBuilder, network: NetworkGraph, hasDraws: boolean): Value {
  const { recipe } = network;
  const x = network.scaled('x');
  let drawn = 0;
  const draw = () => builder.add('Gather', ['normals', builder.whole(drawn++)], { axis: 1 });
  const values: Sum[] = [hasDraws && recipe.starts.law === 'normal' ? draw() : undefined];
  const answer = answerer(builder, network, x);
  for (const line of recipe.steps.lines!) {
    if (line.noise) values.push(draw());
    else {
      const state = stateOf(builder, values, line.sum ?? []);
      values.push(line.t === undefined ? state : answer(state, line));
    }
  }
  const end = values.at(-1);
  if (!end) throw new InputError('the whole prediction cannot be one graph: its steps never ask the network');
  return end;
}

/** The sum of factors times earlier values. */
const stateOf = (builder: GraphBuilder, values: readonly Sum[], sum: NonNullable<Line['sum']>): Sum =>
  sumOf(
    builder,
    sum.map(([place, factor]) => {
      const value = values[place];
      return value && factor !== 1 ? builder.add('Mul', [value, builder.scalar(factor)]) : value;
    }),
  );

/** u of a state at the time of a line. The part of x in the first layer is computed once for each network. */
function answerer(builder: GraphBuilder, network: NetworkGraph, x: Value): (state: Sum, line: Line) => Value {
  const { recipe } = network;
  const rowParts = new Map<number | undefined, Value>();
  const timeParts = new Map<string, Value>();
  const rowPart = (block?: number) => {
    const value = rowParts.get(block) ?? builder.add('MatMul', [x, network.firstKernel('x', block)]);
    rowParts.set(block, value);
    return value;
  };
  const timePart = (t: number, block?: number) => {
    const key = `${block === undefined ? '' : `blocks.${block}.`}layers.0.bias.at.${t}`;
    const value = timeParts.get(key) ?? builder.constant(key, [widthOf(block)], biasAt(network, t, block));
    timeParts.set(key, value);
    return value;
  };
  const widthOf = (block?: number) => tensorOf(network.model, layerName(0, 'bias', block)).shape[0]!;
  return (state, { t, block }) => {
    const fromState = state && recipe.inputs.z ? builder.add('MatMul', [state, network.firstKernel('z', block)]) : undefined; // prettier-ignore
    const first = sumOf(builder, [rowPart(block), fromState, timePart(t!, block)])!;
    return network.answer(network.behind(first, (layer, part) => network.layer(layer, part, block), block));
  };
}

/** The bias of the first layer with what the time features add to it, in double precision. */
function biasAt({ model, recipe }: NetworkGraph, t: number, block?: number): Float32Array {
  const { z, x, timeFeatures: count } = recipe.inputs;
  const kernel = tensorOf(model, layerName(0, 'kernel', block)).data;
  const { data: bias } = tensorOf(model, layerName(0, 'bias', block));
  const angles = recipe.timeFeatures.frequencies.map((f) => 2 * Math.PI * f * t);
  const features = [...angles.map(Math.sin), ...angles.map(Math.cos)].slice(0, count);
  const at = (row: number, column: number) => kernel[(z + x + row) * bias.length + column]!;
  return bias.map((value, k) => features.reduce((sum, feature, j) => sum + feature * at(j, k), value));
}

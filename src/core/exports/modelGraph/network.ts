import type { TrainedModel } from '../export';
import type { GraphBuilder, Value } from './graph';
import { recipeOf, tensorOf, type Recipe } from './recipe';

/** A value, or the number 0, which needs no node. */
export type Sum = Value | undefined;

/** The network of a run in a graph. Its first layer is split by what it reads: the state, x, and t. */
export class NetworkGraph {
  readonly recipe: Recipe;

  constructor(
    private readonly builder: GraphBuilder,
    readonly model: TrainedModel,
  ) {
    this.recipe = recipeOf(model);
  }

  /** x of features as they are in the data (rows x features): scaled, 0 where one is missing. */
  scaled(x: Value): Value {
    const { builder, recipe } = this;
    const { mean, scale } = recipe.scaling;
    const high = Float32Array.from(mean);
    const low = Float32Array.from(mean, (value, k) => value - high[k]!);
    const about = (name: string, data: Float32Array) => builder.constant(name, [1, data.length], data);
    // In two parts, for a mean that float32 cannot hold beside a small scale.
    const nearly = builder.add('Sub', [x, about('scaling.mean', high)]);
    const centred = low.some((value) => value !== 0) ? builder.add('Sub', [nearly, about('scaling.mean.rest', low)]) : nearly; // prettier-ignore
    const inUnits = builder.add('Mul', [centred, about('scaling.perUnit', Float32Array.from(scale, (value) => 1 / value))]); // prettier-ignore
    return builder.add('Where', [builder.add('IsNaN', [inUnits]), builder.scalar(0), inUnits]);
  }

  /** A tensor of a layer, by its name in the file. */
  layer(layer: number, part: 'kernel' | 'bias', block?: number): Value {
    const name = layerName(layer, part, block);
    const { shape, data } = tensorOf(this.model, name);
    return this.builder.constant(name, shape, data);
  }

  /** The rows of the first kernel that read the state, x, or the time features. */
  firstKernel(part: keyof Recipe['inputs'], block?: number): Value {
    const { builder, model, recipe } = this;
    const { shape, data } = tensorOf(model, layerName(0, 'kernel', block));
    const { z, x, timeFeatures } = recipe.inputs;
    const [from, rows] = { z: [0, z], x: [z, x], timeFeatures: [z + x, timeFeatures] }[part] as [number, number];
    const width = shape[1]!;
    const name = `${layerName(0, 'kernel', block)}.${part}`;
    return builder.constant(name, [rows, width], data.slice(from * width, (from + rows) * width));
  }

  /** Everything behind the first layer's sum. `kernel` and `bias` give the tensors of the layers from the second on. */
  behind(first: Value, tensor: (layer: number, part: 'kernel' | 'bias') => Value, block?: number): Value {
    const { builder, model, recipe } = this;
    const { count, residual } = recipe.layers;
    const widthOf = (layer: number) => tensorOf(model, layerName(layer, 'kernel', block)).shape[1]!;
    let h = count > 1 ? this.activated(first) : first;
    for (let k = 1; k < count; k++) {
      const sum = builder.add('Add', [builder.add('MatMul', [h, tensor(k, 'kernel')]), tensor(k, 'bias')]);
      const last = k === count - 1;
      const made = last ? sum : this.activated(sum);
      h = residual && !last && widthOf(k) === widthOf(k - 1) ? builder.add('Add', [made, h]) : made;
    }
    return h;
  }

  /** u (or the velocity) of the network's outputs. */
  answer(outputs: Value): Value {
    const { builder, recipe } = this;
    if (recipe.output.rule !== 'softmax') return outputs;
    const shares = builder.add('Softmax', [outputs], { axis: -1 });
    const table = this.embeddings();
    return table ? builder.add('MatMul', [shares, table]) : shares;
  }

  /** The embeddings W (classes x m); undefined where they are the identity. */
  embeddings(): Value | undefined {
    const table = this.model.tensors['embedding.table'];
    return table && this.builder.constant('embedding.table', table.shape, table.data);
  }

  private activated(a: Value): Value {
    const { builder } = this;
    const { activation } = this.recipe.layers;
    if (activation === 'relu') return builder.add('Relu', [a]);
    if (activation === 'tanh') return builder.add('Tanh', [a]);
    return builder.add('Mul', [a, builder.add('Sigmoid', [a])]);
  }
}

/** The name of a layer's tensor in the file of weights. */
export const layerName = (layer: number, part: 'kernel' | 'bias', block?: number): string =>
  `${block === undefined ? '' : `blocks.${block}.`}layers.${layer}.${part}`;

/** The sum of values and zeros. */
export const sumOf = (builder: GraphBuilder, terms: readonly Sum[]): Sum =>
  terms.reduce((sum, term) => (sum && term ? builder.add('Add', [sum, term]) : (sum ?? term)), undefined);

import { Random } from '../../core/math/random';
import { kernels } from '../engine/backend';
import { floats, type Address, type HeapArray } from '../engine/heap';
import type { Activation } from '../engine/kernels';
import { MultilayerPerceptron, type Layer } from './multilayerPerceptron';
import { readParameters, totalSize, writeParameters, type Shapes, type Weights } from './tensors';

/** The size of a network of [z, x, time features]: all that is needed to make one. */
export interface NetworkShape {
  /** Length of z, of x, and of the time features; 0 where the network does not get them. */
  readonly states: number;
  readonly features: number;
  readonly timeFeatures: number;
  readonly hidden: readonly number[];
  /** Length of the output. */
  readonly outputs: number;
  readonly activation: Activation;
  /** Whether a hidden layer that is as wide as the one before it adds its input to its output. */
  readonly residual?: boolean;
  /** The frequencies of the time features, in turns per unit of time; spread in octaves where none are given. */
  readonly frequencies?: ArrayLike<number> | undefined;
  /** The shapes of further parameters by name. They lie behind those of the layers. */
  readonly extra?: Shapes | undefined;
}

/** Inputs and outputs of each layer. The first reads [z, x, time features]. */
function layerSizes({ states, features, timeFeatures, hidden, outputs }: NetworkShape): (readonly [number, number])[] {
  const sizes = [states + features + timeFeatures, ...hidden, outputs];
  return sizes.slice(1).map((size, i) => [sizes[i]!, size]);
}

/** The shapes of the layers' parameters: layers.N.kernel (inputs x outputs) and layers.N.bias (outputs). */
const layerShapes = (shape: NetworkShape): Shapes =>
  Object.fromEntries(
    layerSizes(shape).flatMap(([rows, columns], i) => [
      [`layers.${i}.kernel`, [rows, columns]],
      [`layers.${i}.bias`, [columns]],
    ]),
  );

/** The shapes of all parameters: those of the layers, then the further ones. */
export const parameterShapes = (shape: NetworkShape): Shapes => ({ ...layerShapes(shape), ...shape.extra });

/** How many parameters the layers have. The further ones begin at this place. */
export const layerParameterCount = (shape: NetworkShape): number => totalSize(layerShapes(shape));

/**
 * Seeded weights of the layers: uniform within sqrt(6 / (inputs + outputs)) (Glorot and Bengio 2010), biases 0. `index`
 * gives networks of one seed different weights.
 */
export function initialWeights(shape: NetworkShape, seed: number, index = 0): Weights {
  const random = Random.stream(seed, 'weights', index);
  return Object.fromEntries(
    layerSizes(shape).flatMap(([rows, columns], i) => {
      const limit = Math.sqrt(6 / (rows + columns));
      const kernel = Float32Array.from({ length: rows * columns }, () => (2 * random.uniform() - 1) * limit);
      return [
        [`layers.${i}.kernel`, kernel],
        [`layers.${i}.bias`, new Float32Array(columns)],
      ];
    }),
  );
}

/** The layers with the places of their parameters: kernel, bias, kernel, bias and so on. */
function layersOf(shape: NetworkShape): Layer[] {
  const sizes = layerSizes(shape);
  let place = 0;
  return sizes.map(([inputs, outputs], i) => {
    const kernel = place;
    const bias = kernel + inputs * outputs;
    place = bias + outputs;
    const inner = i < sizes.length - 1;
    const residual = inner && i > 0 && shape.residual === true && inputs === outputs;
    return { inputs, outputs, activation: inner ? shape.activation : 'linear', residual, kernel, bias };
  });
}

/** A network on the wasm heap, with all its parameters in one vector. Dispose it. */
export class Network {
  readonly layers: readonly Layer[];
  /** The shapes of the parameters, in the order of the vector. */
  readonly shapes: Shapes;
  readonly parameters: HeapArray;
  private readonly passes: MultilayerPerceptron;

  /** An Error where the weights are not those of the shape. */
  constructor(
    readonly shape: NetworkShape,
    weights: Weights,
  ) {
    this.layers = layersOf(shape);
    this.shapes = parameterShapes(shape);
    this.parameters = floats(totalSize(this.shapes));
    this.passes = new MultilayerPerceptron(kernels(), this.layers, this.parameters.address);
    try {
      writeParameters(this.shapes, weights, this.parameters.values);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Outputs (rows x outputs) of inputs (rows x inputs). Keeps the activations that `backward` needs. */
  forward(input: Address, rows: number, output: Address): void {
    this.passes.forward(input, rows, output);
  }

  /** Outputs (rows x outputs) of inputs (rows x inputs), where no backward pass follows. */
  infer(input: Address, rows: number, output: Address): void {
    this.passes.infer(input, rows, output);
  }

  /**
   * The gradients in the layers' parameters from that in the output, after `forward` of the same rows. The gradient in
   * the states goes to stateGradient (rows x states), if given.
   */
  backward(input: Address, rows: number, gradient: Address, gradients: Address, stateGradient: Address = 0): void {
    this.passes.backward(input, rows, gradient, gradients, stateGradient, this.shape.states);
  }

  /** A copy of the parameters. */
  weights(): Weights {
    return readParameters(this.shapes, this.parameters.values);
  }

  dispose(): void {
    this.passes.dispose();
    this.parameters.dispose();
  }
}

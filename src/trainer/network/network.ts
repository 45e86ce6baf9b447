import { Random } from '../../core/math/random';
import { kernels } from '../engine/backend';
import { Bound } from './boundNetwork';
import { floats, type Address, type Block } from '../engine/heap';
import type { Activation } from '../engine/kernels';
import { Passes, type Layer } from './multilayerPerceptron';
import type { Head } from '../training/heads/head';

/** The size of a network of [z, x, time features]: all that is needed to make one. */
export interface Shape {
  /** Length of z, of x, and of the time features; 0 where the network is not given them. */
  readonly states: number;
  readonly features: number;
  readonly timeFeatures: number;
  readonly hidden: readonly number[];
  /** Length of the answer. */
  readonly outputs: number;
  readonly activation: Activation;
  /** Whether a hidden layer of the width of the one before it adds its input to its answer. */
  readonly residual?: boolean;
  /** The frequencies of the time features where they are not spread in octaves; whole turns a unit of time. */
  readonly frequencies?: ArrayLike<number> | undefined;
  /** The sizes of further parameters by name, which lie behind those of the layers. */
  readonly extra?: Readonly<Record<string, readonly number[]>> | undefined;
}

/** Named parameters: layers.N.kernel (in x out, row-major), layers.N.bias (out), and what more a network has. */
export type Weights = Readonly<Record<string, Float32Array>>;

/** Inputs and outputs of each layer; the first reads [z, x, time features]. */
export function layerSizes({ states, features, timeFeatures, hidden, outputs }: Shape): (readonly [number, number])[] {
  const sizes = [states + features + timeFeatures, ...hidden, outputs];
  return sizes.slice(1).map((size, i) => [sizes[i]!, size]);
}

/** The shape of each named parameter. */
export const weightShapes = (shape: Shape): Record<string, readonly number[]> => ({
  ...Object.fromEntries(
    layerSizes(shape).flatMap(([rows, columns], i) => [
      [`layers.${i}.kernel`, [rows, columns]],
      [`layers.${i}.bias`, [columns]],
    ]),
  ),
  ...shape.extra,
});

/** Seeded weights of the layers: uniform within sqrt(6 / (in + out)) (Glorot and Bengio 2010), biases 0; `index` tells networks of a seed apart. */
export function initialWeights(shape: Shape, seed: number, index = 0): Weights {
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

/** The layers of a network whose parameters lie one after another: kernel, bias, kernel, bias, ... */
export function layersOf(shape: Shape): Layer[] {
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

/** How many parameters the layers of a network have. */
export const layerCount = (shape: Shape): number =>
  layerSizes(shape).reduce((sum, [inputs, outputs]) => sum + (inputs + 1) * outputs, 0);

/** How many parameters a network has. */
export const parameterCount = (shape: Shape): number =>
  Object.values(weightShapes(shape)).reduce((sum, size) => sum + size.reduce((product, n) => product * n, 1), 0);

/** The named parameters in a vector of all, as copies. */
export function split(shape: Shape, vector: Float32Array): Weights {
  let at = 0;
  return Object.fromEntries(
    Object.entries(weightShapes(shape)).map(([name, size]) => {
      const from = at;
      at += size.reduce((product, n) => product * n, 1);
      return [name, vector.slice(from, at)];
    }),
  );
}

/** Writes named parameters into a vector of all; an Error where they are not those of the network. */
export function join(shape: Shape, weights: Weights, vector: Float32Array): void {
  let at = 0;
  for (const [name, size] of Object.entries(weightShapes(shape))) {
    const values = weights[name];
    if (values?.length !== size.reduce((product, n) => product * n, 1))
      throw new Error(`the weights do not fit the network: ${name} should be ${size.join(' x ')}`);
    vector.set(values, at);
    at += values.length;
  }
}

/** A network in tfjs' heap: its parameters in one vector, its passes. Dispose it. */
export class Network {
  readonly layers: readonly Layer[];
  /** All parameters, in the order of their names. */
  readonly parameters: Block;
  private readonly passes: Passes;

  constructor(
    readonly shape: Shape,
    weights: Weights,
  ) {
    this.layers = layersOf(shape);
    this.parameters = floats(parameterCount(shape));
    this.passes = new Passes(kernels(), this.layers, this.parameters.address);
    try {
      this.assign(weights);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** u (rows x outputs) of inputs (rows x in), keeping what `backward` needs. */
  forward(input: Address, rows: number, u: Address): void {
    this.passes.forwardKept(input, rows, u);
  }

  /** u (rows x outputs) of inputs (rows x in), where no gradient is asked for. */
  answer(input: Address, rows: number, u: Address): void {
    this.passes.forward(input, rows, u);
  }

  /**
   * The gradients of the layers' parameters from that of the answer, after `forward` of the same rows; that in the states
   * goes to stateSlope (rows x states), if given.
   */
  backward(input: Address, rows: number, slope: Address, gradients: Address, stateSlope: Address = 0): void {
    this.passes.backward(input, rows, slope, gradients, stateSlope, this.shape.states);
  }

  /** A copy of the parameters. */
  weights(): Weights {
    return split(this.shape, this.parameters.values);
  }

  /** Replaces the parameters by values of the same sizes. */
  assign(weights: Weights): void {
    join(this.shape, weights, this.parameters.values);
  }

  /**
   * Binds rows x (n x features, standardised): their part of the first layer is computed once a trajectory. A head makes
   * u of the answers, where they are not u themselves.
   */
  bind(x: Float32Array, n: number, head?: Head): Bound {
    return new Bound(this, x, n, head);
  }

  dispose(): void {
    this.passes.dispose();
    this.parameters.dispose();
  }
}

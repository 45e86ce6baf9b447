import * as tf from '@tensorflow/tfjs-core';
import type { Denoiser } from '../core/denoisers';
import { Random } from '../core/random';
import { activate, dense, type Activation } from './dense';

/** The size of a NoProp-CT network u(z, x, t): all that is needed to make one. */
export interface Shape {
  /** Length of x, of z (and u), and of the time features. */
  readonly features: number;
  readonly outputs: number;
  readonly timeFeatures: number;
  readonly hidden: readonly number[];
  readonly activation: Activation;
}

/** Named parameters: layers.N.kernel (in x out, row-major) and layers.N.bias (out). */
export type Weights = Readonly<Record<string, Float32Array>>;

/** Inputs and outputs of each layer; the first reads [z, x, time features]. */
export function layerSizes({ outputs, features, timeFeatures, hidden }: Shape): (readonly [number, number])[] {
  const sizes = [outputs + features + timeFeatures, ...hidden, outputs];
  return sizes.slice(1).map((size, i) => [sizes[i]!, size]);
}

/** The shape of each named parameter. */
export const weightShapes = (shape: Shape): Record<string, readonly number[]> =>
  Object.fromEntries(
    layerSizes(shape).flatMap(([rows, columns], i) => [
      [`layers.${i}.kernel`, [rows, columns]],
      [`layers.${i}.bias`, [columns]],
    ]),
  );

/** Seeded weights: uniform within sqrt(6 / (in + out)) (Glorot and Bengio 2010), biases 0. */
export function initialWeights(shape: Shape, seed: number): Weights {
  const random = Random.stream(seed, 'weights');
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

/** The highest frequency of the time features: 2^3.5 turns over [0, 1], the lowest being one. */
const OCTAVES = 3.5;

/** Writes `count` time features at an offset of a row: sines, then cosines, of frequencies evenly spread in octaves. */
export function writeTime(row: Float32Array, offset: number, t: number, count: number): void {
  const sines = Math.ceil(count / 2);
  for (let k = 0; k < count; k++) {
    const j = k < sines ? k : k - sines;
    const angle = 2 * Math.PI * Math.pow(2, (OCTAVES * j) / Math.max(1, sines - 1)) * t;
    row[offset + k] = k < sines ? Math.sin(angle) : Math.cos(angle);
  }
}

/** A network on tfjs: variables, the pass that is differentiated, and the pass that denoises. Dispose it. */
export class Network {
  readonly variables: tf.Variable[];

  constructor(
    readonly shape: Shape,
    weights: Weights,
  ) {
    this.variables = Object.entries(weightShapes(shape)).map(([name, size]) => {
      const values = weights[name];
      if (values?.length !== size.reduce((product, n) => product * n, 1))
        throw new Error(`the weights do not fit the network: ${name} should be ${size.join(' x ')}`);
      return tf.tidy(() => tf.variable(tf.tensor(values, [...size])));
    });
  }

  /** u of inputs [z, x, time features] (n x in): n x outputs, recorded on the tape. */
  apply(input: tf.Tensor2D): tf.Tensor2D {
    const last = this.variables.length / 2 - 1;
    let value = input;
    for (let i = 0; i <= last; i++) {
      const activation = i < last ? this.shape.activation : 'linear';
      value = dense(value, this.kernel(i), this.bias(i), activation, i > 0);
    }
    return value;
  }

  /** Replaces the parameters by values of the same sizes. */
  assign(weights: Weights): void {
    Object.values(weights).forEach((values, i) => {
      const variable = this.variables[i]!;
      const next = tf.tensor(values, variable.shape);
      variable.assign(next);
      next.dispose();
    });
  }

  /** Binds rows x (n x features, standardised): their part of the first layer is computed once a trajectory. */
  bind(x: Float32Array, n: number): Bound {
    return new Bound(this, x, n);
  }

  kernel(i: number): tf.Tensor2D {
    return this.variables[2 * i] as unknown as tf.Tensor2D;
  }

  bias(i: number): tf.Tensor1D {
    return this.variables[2 * i + 1] as unknown as tf.Tensor1D;
  }

  dispose(): void {
    for (const variable of this.variables) variable.dispose();
  }
}

/** A network over fixed rows: u as a function of z and t alone. Dispose it. */
export class Bound implements Denoiser {
  readonly times = 'all';
  private readonly fixed: tf.Tensor2D;
  private readonly fromState: tf.Tensor2D;
  private readonly fromTime: tf.Tensor2D;

  constructor(
    private readonly network: Network,
    x: Float32Array,
    readonly n: number,
  ) {
    const { outputs, features, timeFeatures } = network.shape;
    const width = layerSizes(network.shape)[0]![1];
    const kernel = network.kernel(0);
    [this.fixed, this.fromState, this.fromTime] = tf.tidy(() => {
      const fromRows = tf.slice2d(kernel, [outputs, 0], [features, width]);
      return [
        tf.add<tf.Tensor2D>(tf.matMul(tf.tensor2d(x, [n, features]), fromRows), network.bias(0)),
        tf.slice2d(kernel, [0, 0], [outputs, width]),
        tf.slice2d(kernel, [outputs + features, 0], [timeFeatures, width]),
      ];
    });
  }

  /** Writes u(z, x, t) of the bound rows' states z (n x m, row-major) to `out`. */
  denoise(z: Float64Array, n: number, m: number, t: number, _logSnr: number, out: Float64Array): void {
    const { timeFeatures, activation } = this.network.shape;
    const time = new Float32Array(timeFeatures);
    writeTime(time, 0, t, timeFeatures);
    // tidy walks over what it is answered, element by element: the values leave it another way
    tf.tidy(() => {
      let value: tf.Tensor2D = tf.matMul(tf.tensor2d(Float32Array.from(z), [n, m]), this.fromState);
      value = tf.add<tf.Tensor2D>(value, this.fixed);
      value = tf.add<tf.Tensor2D>(value, tf.matMul(tf.tensor2d(time, [1, timeFeatures]), this.fromTime));
      value = activate(value, this.network.variables.length > 2 ? activation : 'linear');
      const last = this.network.variables.length / 2 - 1;
      for (let i = 1; i <= last; i++)
        value = dense(value, this.network.kernel(i), this.network.bias(i), i < last ? activation : 'linear', true);
      out.set(value.dataSync());
    });
  }

  dispose(): void {
    tf.dispose([this.fixed, this.fromState, this.fromTime]);
  }
}

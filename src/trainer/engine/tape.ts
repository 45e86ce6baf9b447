import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Address } from './heap';
import { activations, type Activation, type Kernels } from './kernels';

/** Names of the kernels as tfjs knows them. */
const [DENSE, TIMES, LEFT, RIGHT, SQUARED_ERROR] = ['Dense', 'Times', 'Left', 'Right', 'SquaredError'].map(
  (name) => `Noprop${name}`,
) as [string, string, string, string, string];

type Inputs = Readonly<Record<string, tf.TensorInfo>>;
type Output = readonly [info: tf.TensorInfo, at: Address];

/** Registers kernels with tfjs, and their gradients, so that any function of them can be differentiated. */
export function registerKernels(kernels: Kernels): void {
  const at = (backend: BackendWasm, { dataId }: tf.TensorInfo) => backend.getMemoryOffset(dataId);
  const add = (
    kernelName: string,
    work: (inputs: Inputs, place: (tensor: tf.TensorInfo) => Address, out: (...shape: number[]) => Output, attributes: tf.NamedAttrMap) => tf.TensorInfo[], // prettier-ignore
  ) => {
    const kernelFunc = (params: unknown) => {
      const { inputs, attrs, backend } = params as { inputs: Inputs; attrs: tf.NamedAttrMap; backend: BackendWasm };
      const out = (...shape: number[]): Output => {
        const info = backend.makeOutput(shape, 'float32');
        return [info, at(backend, info)];
      };
      return work(inputs, (tensor) => at(backend, tensor), out, attrs);
    };
    if (tf.getKernel(kernelName, 'wasm')) tf.unregisterKernel(kernelName, 'wasm');
    tf.registerKernel({ kernelName, backendName: 'wasm', kernelFunc: kernelFunc });
  };

  add(DENSE, ({ x, kernel, bias }, place, out, { activation }) => {
    const [rows, inputs, outputs] = [x!.shape[0]!, ...kernel!.shape] as [number, number, number];
    const [value, valueAt] = out(rows, outputs);
    const [slope, slopeAt] = out(rows, outputs);
    kernels.multiply(place(x!), rows, inputs, place(kernel!), outputs, valueAt, place(bias!));
    kernels.activate(valueAt, rows * outputs, activations.indexOf(activation as Activation), slopeAt, 0);
    return [value, slope];
  });
  add(TIMES, ({ a, b }, place, out) => {
    const [product, productAt] = out(...a!.shape);
    kernels.times(place(a!), place(b!), productAt, tf.util.sizeFromShape(a!.shape));
    return [product];
  });
  add(LEFT, ({ x, d }, place, out) => {
    const [rows, inputs, outputs] = [...x!.shape, d!.shape[1]!] as [number, number, number];
    const [kernel, kernelAt] = out(inputs, outputs);
    const [sums, sumsAt] = out(outputs);
    kernels.multiplyLeft(place(x!), rows, inputs, place(d!), outputs, kernelAt, sumsAt);
    return [kernel, sums];
  });
  add(RIGHT, ({ d, kernel }, place, out) => {
    const [rows, outputs, inputs] = [...d!.shape, kernel!.shape[0]!] as [number, number, number];
    const [x, xAt] = out(rows, inputs);
    kernels.multiplyRight(place(d!), rows, outputs, place(kernel!), inputs, xAt);
    return [x];
  });
  add(SQUARED_ERROR, ({ u, targets, weights }, place, out) => {
    const [rows, columns] = u!.shape as [number, number];
    const [slope, slopeAt] = out(rows, columns);
    const [errors, errorsAt] = out(rows);
    const value = kernels.squaredError(place(u!), place(targets!), place(weights!), rows, columns, 1, slopeAt, errorsAt); // prettier-ignore
    const loss = (tf.backend() as BackendWasm).makeOutput([], 'float32', undefined, Float32Array.of(value));
    return [loss, slope, errors];
  });

  const run = (name: string, inputs: tf.NamedTensorMap) => tf.engine().runKernel<tf.Tensor[]>(name, inputs);
  tf.registerGradient({
    kernelName: DENSE,
    inputsToSave: ['x', 'kernel'],
    outputsToSave: [false, true],
    gradFunc: (dy, saved) => {
      const [x, kernel, slope] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      const d = () => run(TIMES, { a: (dy as tf.Tensor[])[0]!, b: slope })[0]!;
      return {
        x: () => run(RIGHT, { d: d(), kernel })[0]!,
        kernel: () => run(LEFT, { x, d: d() })[0]!,
        bias: () => run(LEFT, { x, d: d() })[1]!,
      };
    },
  });
  tf.registerGradient({
    kernelName: SQUARED_ERROR,
    outputsToSave: [false, true, false],
    gradFunc: (dy, saved) => ({
      u: () => tf.mul((dy as tf.Tensor[])[0]!, saved[0]!),
      targets: () => tf.neg(tf.mul((dy as tf.Tensor[])[0]!, saved[0]!)),
      weights: () => {
        throw new Error('the weights of a squared error have no gradient here');
      },
    }),
  });
}

/** activation(x kernel + bias), for x (n x in), kernel (in x out) and bias (out), recorded on the tape. */
export const dense = (x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D, activation: Activation): tf.Tensor2D =>
  tf.engine().runKernel<tf.Tensor[]>(DENSE, { x, kernel, bias }, { activation })[0] as tf.Tensor2D;

/** The mean over rows of w_i |u_i - z_i|^2, for u and targets z (n x m) and weights (n), recorded on the tape. */
export const squaredError = (u: tf.Tensor2D, targets: tf.Tensor2D, weights: tf.Tensor1D): tf.Scalar =>
  tf.engine().runKernel<tf.Tensor[]>(SQUARED_ERROR, { u, targets, weights })[0] as tf.Scalar;

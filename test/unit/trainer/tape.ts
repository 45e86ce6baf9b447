import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Address } from '../../../src/trainer/engine/heap';
import { activations, type Activation, type Kernels } from '../../../src/trainer/engine/kernels';
import type { Network } from '../../../src/trainer/network/network';

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
const dense = (x: tf.Tensor2D, kernel: tf.Tensor2D, bias: tf.Tensor1D, activation: Activation): tf.Tensor2D =>
  tf.engine().runKernel<tf.Tensor[]>(DENSE, { x, kernel, bias }, { activation })[0] as tf.Tensor2D;

/** The mean over rows of w_i |u_i - z_i|^2, for u and targets z (n x m) and weights (n), recorded on the tape. */
export const squaredError = (u: tf.Tensor2D, targets: tf.Tensor2D, weights: tf.Tensor1D): tf.Scalar =>
  tf.engine().runKernel<tf.Tensor[]>(SQUARED_ERROR, { u, targets, weights })[0] as tf.Scalar;

/** The module of tfjs' backend, of which a tape needs the table of tensors. */
interface Module {
  readonly tfjs: BackendWasm['wasm']['tfjs'];
}

const backend = () => tf.backend() as BackendWasm;

/** A variable that shows a part of the heap, alive as long as what it shows. */
function variableAt(address: Address, shape: number[]): tf.Variable {
  const view = tf.keep(tf.engine().makeTensorFromTensorInfo(backend().makeOutput(shape, 'float32', address)));
  const variable = tf.variable(view);
  view.dispose();
  return variable;
}

/** Takes a view out of the backend's table, but leaves the memory that it shows. */
function unregister(view: tf.Tensor): { id: number; memoryOffset: number } {
  const data = backend().dataIdMap.get(view.dataId);
  (backend().wasm as unknown as Module).tfjs.disposeData(data.id);
  return data;
}

/** A network on tfjs' tape: its own parameters as variables. Dispose it, not the network. */
export class TapedNetwork {
  private readonly views: readonly tf.Variable[];

  constructor(private readonly network: Network) {
    const { address } = network.parameters;
    this.views = network.layers.flatMap(({ inputs, outputs, kernel, bias }) => [
      variableAt(address + 4 * kernel, [inputs, outputs]),
      variableAt(address + 4 * bias, [outputs]),
    ]);
  }

  /** The parameters as they are now: XNNPACK keeps packed copies of matrices, so each is registered anew. */
  get variables(): readonly tf.Variable[] {
    for (const view of this.views) {
      const { id, memoryOffset } = unregister(view);
      (backend().wasm as unknown as Module).tfjs.registerTensor(id, view.size, memoryOffset);
    }
    return this.views;
  }

  /** u of inputs [z, x, time features] (n x in): n x outputs, recorded on the tape. */
  apply(input: tf.Tensor2D): tf.Tensor2D {
    const variables = this.variables as readonly tf.Tensor[];
    return this.network.layers.reduce((value, { activation, residual }, i) => {
      const [kernel, bias] = variables.slice(2 * i) as [tf.Tensor2D, tf.Tensor1D];
      const answer = dense(value, kernel, bias, activation);
      return residual ? tf.add<tf.Tensor2D>(answer, value) : answer;
    }, input);
  }

  dispose(): void {
    for (const view of this.views) {
      unregister(view);
      backend().dataIdMap.delete(view.dataId);
      view.dispose();
    }
  }
}

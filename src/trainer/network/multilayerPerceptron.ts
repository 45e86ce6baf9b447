import { ints, Scratch, type Address, type Block } from '../engine/heap';
import { activations, type Activation, type Kernels } from '../engine/kernels';

/** A layer: activation(x kernel + bias), plus x where it is residual. Places count numbers from the parameters' start. */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  readonly residual?: boolean;
  readonly kernel: number;
  readonly bias: number;
}

/** A multilayer perceptron in the heap: its pass forward, and backward to every parameter. Dispose it. */
export class Passes {
  private readonly table: Block<Int32Array>;
  private readonly space = new Scratch();

  /** `parameters` is where the layers' places count from. */
  constructor(
    private readonly kernels: Kernels,
    private readonly layers: readonly Layer[],
    private readonly parameters: Address,
  ) {
    for (const { residual, inputs, outputs } of layers)
      if (residual && inputs !== outputs) throw new Error(`a residual layer cannot lead from ${inputs} to ${outputs}`);
    this.table = ints(6 * layers.length);
    const words = layers.map((layer) => [
      layer.inputs,
      layer.outputs,
      activations.indexOf(layer.activation),
      Number(layer.residual ?? false),
      layer.kernel,
      layer.bias,
    ]);
    this.table.values.set(words.flat());
  }

  /** out (rows x outputs) from input (rows x inputs), plus base before the first activation; see the kernel. */
  forward(input: Address, rows: number, out: Address, base: Address = 0): void {
    this.pass(input, rows, out, base, 0);
  }

  /** The same, with what `backward` needs left behind. */
  forwardKept(input: Address, rows: number, out: Address): void {
    this.pass(input, rows, out, 0, 1);
  }

  /**
   * The gradients of all parameters, laid out as these, from that of the answer after `forwardKept` of the same rows;
   * that of the input's first `columns` columns goes to dInput, if given.
   */
  backward(input: Address, rows: number, slope: Address, gradients: Address, dInput: Address = 0, columns = 0): void {
    const { kernels, table, layers, parameters } = this;
    const space = this.reserve(rows, 1);
    kernels.backward(table.address, layers.length, parameters, input, rows, slope, gradients, dInput, columns, space);
  }

  dispose(): void {
    this.table.dispose();
    this.space.dispose();
  }

  private pass(input: Address, rows: number, out: Address, base: Address, keep: number): void {
    const { kernels, table, layers, parameters } = this;
    const space = this.reserve(rows, keep);
    kernels.forward(table.address, layers.length, parameters, input, rows, base, out, space, keep);
  }

  private reserve(rows: number, keep: number): Address {
    return this.space.reserve(this.kernels.networkSpace(this.table.address, this.layers.length, rows, keep));
  }
}

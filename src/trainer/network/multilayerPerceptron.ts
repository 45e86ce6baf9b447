import { ints, Scratch, type Address, type HeapArray } from '../engine/heap';
import { activations, type Activation, type Kernels } from '../engine/kernels';

/**
 * A layer: activation(x kernel + bias), plus x where it is residual. Kernel and bias are places in the vector of
 * parameters, in numbers from its start.
 */
export interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  readonly residual?: boolean;
  readonly kernel: number;
  readonly bias: number;
}

/** Whether a pass keeps the activations that a backward pass needs; a flag of the kernels. */
const [KEEP, DISCARD] = [1, 0];

/** The forward and the backward pass of a multilayer perceptron on the wasm heap. Dispose it. */
export class MultilayerPerceptron {
  private readonly table: HeapArray<Int32Array>;
  private readonly space = new Scratch();

  /** `parameters` is the address from which the layers' places count. An Error where a residual layer changes its width. */
  constructor(
    private readonly kernels: Kernels,
    private readonly layers: readonly Layer[],
    private readonly parameters: Address,
  ) {
    for (const { residual, inputs, outputs } of layers)
      if (residual && inputs !== outputs) throw new Error(`a residual layer cannot lead from ${inputs} to ${outputs}`);
    const words = layers.map(({ inputs, outputs, activation, residual, kernel, bias }) => [
      inputs,
      outputs,
      activations.indexOf(activation),
      Number(residual ?? false),
      kernel,
      bias,
    ]);
    this.table = ints(6 * layers.length);
    this.table.values.set(words.flat());
  }

  /** Outputs (rows x outputs) of inputs (rows x inputs). `base` is added before the first activation, see the kernel. */
  infer(input: Address, rows: number, output: Address, base: Address = 0): void {
    this.pass(input, rows, output, base, DISCARD);
  }

  /** The same without a base. Keeps the activations that `backward` needs. */
  forward(input: Address, rows: number, output: Address): void {
    this.pass(input, rows, output, 0, KEEP);
  }

  /**
   * The gradients in all parameters, laid out as these, from that in the output, after `forward` of the same rows. The
   * gradient in the input's first `columns` columns goes to inInput, if given.
   */
  backward(
    input: Address,
    rows: number,
    gradient: Address,
    gradients: Address,
    inInput: Address = 0,
    columns = 0,
  ): void {
    const { kernels, table, layers, parameters } = this;
    const space = this.reserve(rows, KEEP);
    kernels.backward(
      table.address,
      layers.length,
      parameters,
      input,
      rows,
      gradient,
      gradients,
      inInput,
      columns,
      space,
    );
  }

  dispose(): void {
    this.table.dispose();
    this.space.dispose();
  }

  private pass(input: Address, rows: number, output: Address, base: Address, keep: number): void {
    const { kernels, table, layers, parameters } = this;
    const space = this.reserve(rows, keep);
    kernels.forward(table.address, layers.length, parameters, input, rows, base, output, space, keep);
  }

  private reserve(rows: number, keep: number): Address {
    return this.space.reserve(this.kernels.networkSpace(this.table.address, this.layers.length, rows, keep));
  }
}

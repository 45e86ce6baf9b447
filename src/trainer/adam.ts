import { kernels } from './backend';
import { floats, type Block } from './engine/heap';

/** Settings of Adam (Kingma and Ba, arXiv 1412.6980). */
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/**
 * Adam in one pass over the parameters' vector. The moments are single precision, 1 - beta and 1 - beta^t double: tfjs'
 * own keeps beta^t in single precision, which spoils the first steps. Dispose it.
 */
export class Adam {
  readonly first: Block;
  readonly second: Block;
  /** The parameters before the last step. */
  readonly previous: Block;
  /** Steps taken. */
  step = 0;

  constructor(private readonly parameters: Block) {
    const { length } = parameters;
    [this.first, this.second, this.previous] = [floats(length), floats(length), floats(length)];
    this.previous.values.set(parameters.values);
  }

  /** Moves the parameters; answers the gradient's norm over all of them, and stays where that is not finite. */
  update(gradients: Block, rate: number): number {
    const { parameters, first, second, previous } = this;
    const norm = Math.sqrt(kernels().sumSquares(gradients.address, gradients.length));
    if (!Number.isFinite(norm)) return norm;
    this.step++;
    kernels().adam(
      parameters.address,
      gradients.address,
      first.address,
      second.address,
      previous.address,
      parameters.length,
      1,
      BETA1,
      BETA2,
      rate / (1 - BETA1 ** this.step),
      1 / (1 - BETA2 ** this.step),
      EPSILON,
      1,
    );
    return norm;
  }

  /** Takes the last step back; the moments stay. */
  retreat(): void {
    this.parameters.values.set(this.previous.values);
  }

  dispose(): void {
    for (const block of [this.first, this.second, this.previous]) block.dispose();
  }
}

import { kernels } from '../../engine/backend';
import { floats, type Block } from '../../engine/heap';

/** Settings of Adam (Kingma and Ba, arXiv 1412.6980). */
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/**
 * The share of an average that a step keeps, after so many steps: the first count in full, or the average would be of
 * where it all began.
 */
export const averageDecay = (averaging: number, steps: number): number =>
  Math.min(averaging, (steps + 1) / (steps + 10));

export interface AdamOptions {
  /** Decoupled from the gradient: AdamW (Loshchilov and Hutter, arXiv 1711.05101). */
  readonly weightDecay?: number;
  /** The largest norm of the gradient (Pascanu et al., arXiv 1211.5063); 0 for any. */
  readonly gradientClip?: number;
}

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

  constructor(
    private readonly parameters: Block,
    private readonly options: AdamOptions = {},
  ) {
    const { length } = parameters;
    [this.first, this.second, this.previous] = [floats(length), floats(length), floats(length)];
    this.previous.values.set(parameters.values);
  }

  /** Moves the parameters; answers the gradient's norm over all of them, unclipped, and stays where that is not finite. */
  update(gradients: Block, rate: number): number {
    const { parameters, first, second, previous } = this;
    const norm = Math.sqrt(kernels().sumSquares(gradients.address, gradients.length));
    if (!Number.isFinite(norm)) return norm;
    this.step++;
    const { weightDecay = 0, gradientClip = 0 } = this.options;
    kernels().adam(
      parameters.address,
      gradients.address,
      first.address,
      second.address,
      previous.address,
      parameters.length,
      gradientClip && norm > gradientClip ? gradientClip / norm : 1,
      BETA1,
      BETA2,
      rate / (1 - BETA1 ** this.step),
      1 / (1 - BETA2 ** this.step),
      EPSILON,
      1 - rate * weightDecay,
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

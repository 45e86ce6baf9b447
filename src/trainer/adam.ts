import type { Weights } from './network';

/** Settings of Adam (Kingma and Ba, arXiv 1412.6980). */
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/**
 * Adam in one pass over the typed arrays. The moments are single precision, 1 - beta and 1 - beta^t double: tfjs' own
 * keeps beta^t in single precision, which spoils the first steps, and is 85 kernels a step.
 */
export class Adam {
  readonly first: Weights;
  readonly second: Weights;
  /** Steps taken. */
  step = 0;

  constructor(weights: Weights) {
    this.first = zeros(weights);
    this.second = zeros(weights);
  }

  /** Moves the weights in place; answers the gradient's norm over all of them. */
  update(weights: Weights, gradients: readonly Float32Array[], rate: number): number {
    this.step++;
    const c1 = rate / (1 - BETA1 ** this.step);
    const c2 = 1 / (1 - BETA2 ** this.step);
    let norm = 0;
    Object.entries(weights).forEach(([name, values], i) => {
      const [m, v, gradient] = [this.first[name]!, this.second[name]!, gradients[i]!];
      for (let k = 0; k < values.length; k++) {
        const g = gradient[k]!;
        norm += g * g;
        const mean = BETA1 * m[k]! + (1 - BETA1) * g;
        const power = BETA2 * v[k]! + (1 - BETA2) * g * g;
        m[k] = mean;
        v[k] = power;
        values[k] = values[k]! - (c1 * mean) / (Math.sqrt(power * c2) + EPSILON);
      }
    });
    return Math.sqrt(norm);
  }
}

const zeros = (weights: Weights): Weights =>
  Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, new Float32Array(values.length)]));

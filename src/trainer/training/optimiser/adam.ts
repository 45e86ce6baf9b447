import type { Experiment } from '../../../core/experiment/experiment';
import { kernels } from '../../engine/backend';
import { floats, type HeapArray } from '../../engine/heap';

/** Settings of Adam (Kingma and Ba, arXiv 1412.6980). */
const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

export interface AdamOptions {
  /** Decoupled from the gradient, as in AdamW (Loshchilov and Hutter, arXiv 1711.05101). */
  readonly weightDecay?: number;
  /** The largest norm of the gradient (Pascanu et al., arXiv 1211.5063); 0 for any norm. */
  readonly gradientClip?: number;
}

/** How weights are optimised. */
export interface OptimiserSettings extends Required<AdamOptions> {
  /** The learning rate of a step, counted from 0. */
  readonly learningRate: (step: number) => number;
  /** The decay of the EMA of the weights; 0 where none is kept. */
  readonly emaDecay: number;
}

/** The learning rate of each step: a linear warm-up, and half a cosine to 0 (Loshchilov and Hutter, arXiv 1608.03983). */
const learningRateOf =
  ({ steps, learningRate, warmup }: Experiment['training']) =>
  (step: number): number =>
    (learningRate * Math.min(1, (step + 1) / (warmup + 1)) * (1 + Math.cos((Math.PI * step) / steps))) / 2;

/** How an experiment's training optimises weights. */
export const optimiserSettings = (training: Experiment['training']): OptimiserSettings => ({
  learningRate: learningRateOf(training),
  weightDecay: training.weightDecay,
  gradientClip: training.gradientClip,
  emaDecay: training.averaging,
});

/** The EMA's decay after so many steps. It is less at first, so that the EMA soon forgets the initial weights. */
export const emaDecayAt = (decay: number, steps: number): number => Math.min(decay, (steps + 1) / (steps + 10));

/**
 * Adam in one pass over the vector of parameters. The moments are single precision. 1 - beta and 1 - beta^t are double:
 * tfjs' own Adam has beta^t in single precision, which spoils the first steps. Dispose it.
 */
export class Adam {
  readonly firstMoment: HeapArray;
  readonly secondMoment: HeapArray;
  /** The parameters before the last step. */
  readonly previous: HeapArray;
  /** Steps taken. */
  step = 0;

  constructor(
    private readonly parameters: HeapArray,
    private readonly options: AdamOptions = {},
  ) {
    const { length } = parameters;
    this.firstMoment = floats(length);
    this.secondMoment = floats(length);
    this.previous = floats(length);
    this.previous.values.set(parameters.values);
  }

  /** Takes a step and answers the gradient's norm before clipping. Takes none where the norm is not finite. */
  update(gradients: HeapArray, rate: number): number {
    const { parameters, firstMoment, secondMoment, previous } = this;
    const norm = Math.sqrt(kernels().sumSquares(gradients.address, gradients.length));
    if (!Number.isFinite(norm)) return norm;
    this.step++;
    const { weightDecay = 0, gradientClip = 0 } = this.options;
    kernels().adam(
      parameters.address,
      gradients.address,
      firstMoment.address,
      secondMoment.address,
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

  /** Takes the last step back. The moments stay. */
  undoStep(): void {
    this.parameters.values.set(this.previous.values);
  }

  dispose(): void {
    for (const array of [this.firstMoment, this.secondMoment, this.previous]) array.dispose();
  }
}

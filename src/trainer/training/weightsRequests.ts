import type { Tensors } from '../network/tensors';

/** The weights that predict after a step. */
export interface StepWeights {
  readonly step: number;
  readonly weights: Tensors;
}

/** Who asks for the weights of a training while it runs. They are copied between two steps, once for each who asks. */
export class WeightsRequests {
  private waiting: ((found?: StepWeights) => void)[] = [];

  /** Fulfilled after the next step; with undefined where the training ends before that. */
  ask(): Promise<StepWeights | undefined> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** Answers those who wait, each by a copy of its own: what is sent to another thread is given away. */
  async answer(copy: () => Promise<StepWeights>): Promise<void> {
    while (this.waiting.length) {
      const found = await copy();
      this.waiting.shift()?.(found);
    }
  }

  /** Tells those who wait that there will be no more weights. */
  end(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

import * as tf from '@tensorflow/tfjs-core';
import { Random, type RandomState } from '../core/random';
import { Adam } from './adam';
import { Batches, weightedLoss, type Errors } from './loss';
import { Network, initialWeights, type Weights } from './network';
import type { Plan } from './plan';

/** Everything a training needs to go on as if it had never stopped. */
export interface Saved {
  readonly step: number;
  readonly weights: Weights;
  readonly first: Weights;
  readonly second: Weights;
  readonly order: Int32Array;
  readonly random: RandomState;
}

/** A training at one step: weights, optimiser, batches and their random numbers. Dispose it. */
export class Training {
  readonly network: Network;
  /** Steps taken. */
  step = 0;
  /** The gradient's norm at the last step. */
  norm = NaN;
  readonly batches: Batches;
  readonly errors: Errors;
  private readonly weights: Weights;
  private readonly previous: Weights;
  private readonly adam: Adam;
  private readonly random: Random;

  constructor(
    private readonly plan: Plan,
    saved?: Saved,
  ) {
    const { batch, seed, shape } = plan;
    this.weights = saved ? copy(saved.weights) : initialWeights(shape, seed);
    this.previous = copy(this.weights);
    this.adam = new Adam(this.weights);
    this.random = saved ? new Random(saved.random) : Random.stream(seed, 'batches');
    this.batches = new Batches(plan.source, batch, this.random);
    this.errors = { rows: new Float64Array(batch), loss: NaN };
    this.network = new Network(shape, this.weights);
    if (!saved) return;
    this.step = this.adam.step = saved.step;
    assign(this.adam.first, saved.first);
    assign(this.adam.second, saved.second);
    this.batches.restore(saved.order);
  }

  /**
   * Takes one step of Adam. False where the loss or the gradient is not finite: the step is then not counted, and
   * the weights are those of the last finite loss.
   */
  next(): boolean {
    const { network, batches, errors, weights } = this;
    batches.next();
    // Answered past tidy, which would walk a typed array element by element.
    let gradients: Float32Array[] = [];
    tf.tidy(() => {
      const input = tf.tensor2d(batches.input, [batches.size, batches.width]);
      const { grads } = tf.variableGrads(() => weightedLoss(network.apply(input), batches, errors), network.variables);
      gradients = network.variables.map(({ name }) => grads[name]!.dataSync<'float32'>());
    });
    if (!Number.isFinite(errors.loss)) return this.retreat();
    assign(this.previous, weights);
    this.norm = this.adam.update(weights, gradients, this.plan.rate(this.step));
    if (!Number.isFinite(this.norm)) return this.retreat();
    network.assign(weights);
    this.step++;
    return true;
  }

  private retreat(): false {
    assign(this.weights, this.previous);
    this.network.assign(this.weights);
    return false;
  }

  /** A copy of the state. */
  save(): Saved {
    const { step, weights, adam, batches, random } = this;
    return {
      step,
      weights: copy(weights),
      first: copy(adam.first),
      second: copy(adam.second),
      order: batches.save(),
      random: random.state(),
    };
  }

  dispose(): void {
    this.network.dispose();
  }
}

const copy = (weights: Weights): Weights =>
  Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, values.slice()]));

function assign(to: Weights, from: Weights): void {
  for (const [name, values] of Object.entries(from)) to[name]!.set(values);
}

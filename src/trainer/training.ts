import { Random, type RandomState } from '../core/random';
import { Adam } from './adam';
import { kernels } from './backend';
import { floats, type Block } from './engine/heap';
import { Batches } from './loss';
import { initialWeights, join, Network, split, type Weights } from './network';
import type { Plan } from './plan';

/** Everything a training needs to go on as if it had never stopped. */
export interface Saved {
  readonly step: number;
  readonly weights: Weights;
  readonly first: Weights;
  readonly second: Weights;
  /** The average of the weights, where one is kept. */
  readonly average?: Weights;
  readonly order: Int32Array;
  readonly random: RandomState;
}

/** A training at one step: weights, optimiser, batches and their random numbers, all in tfjs' heap. Dispose it. */
export class Training {
  readonly network: Network;
  /** The network of the weights' average (Polyak and Juditsky 1992, with a fading memory), where one is kept. */
  private readonly averaged: Network | undefined;
  /** Steps taken. */
  step = 0;
  /** E[ 1/2 min(SNR', cap) |u - z_T|^2 ] (eqs. 20, 21) over the last batch, and the gradient's norm. */
  loss = NaN;
  norm = NaN;
  readonly batches: Batches;
  /** |u - z_T|^2 of each row of the last batch. */
  readonly errors: Block;
  private readonly adam: Adam;
  private readonly gradients: Block;
  /** u of the last batch, and the loss's gradient in it; size x m. */
  private readonly u: Block;
  private readonly slope: Block;
  private readonly random: Random;

  constructor(
    private readonly plan: Plan,
    saved?: Saved,
  ) {
    const { batch, seed, shape } = plan;
    this.network = new Network(shape, saved ? saved.weights : initialWeights(shape, seed));
    this.adam = new Adam(this.network.parameters, plan);
    if (plan.averaging) this.averaged = new Network(shape, saved?.average ?? this.network.weights());
    this.random = saved ? new Random(saved.random) : Random.stream(seed, 'batches');
    this.batches = new Batches(plan.source, batch, this.random);
    this.errors = floats(batch);
    this.gradients = floats(this.network.parameters.length);
    [this.u, this.slope] = [floats(batch * shape.outputs), floats(batch * shape.outputs)];
    if (!saved) return;
    this.step = this.adam.step = saved.step;
    join(shape, saved.first, this.adam.first.values);
    join(shape, saved.second, this.adam.second.values);
    this.batches.restore(saved.order);
  }

  /** The network that answers: that of the average, where one is kept. */
  get model(): Network {
    return this.averaged ?? this.network;
  }

  /**
   * Takes one step of Adam. False where the loss or the gradient is not finite: the step is then not counted, and
   * the weights are those of the last finite loss.
   */
  next(): boolean {
    const { network, batches, adam, u, slope, errors, gradients } = this;
    const { size, input, targets, weights } = batches;
    batches.next();
    network.forward(input.address, size, u.address);
    this.loss = kernels().squaredError(
      u.address,
      targets.address,
      weights.address,
      size,
      network.shape.outputs,
      1,
      slope.address,
      errors.address,
    );
    if (!Number.isFinite(this.loss)) {
      adam.retreat();
      return false;
    }
    this.average();
    network.backward(input.address, size, slope.address, gradients.address);
    this.norm = adam.update(gradients, this.plan.rate(this.step));
    if (!Number.isFinite(this.norm)) return false;
    this.step++;
    return true;
  }

  /** Takes into the average the weights as they were before the step: their loss is known to be finite. */
  private average(): void {
    const { averaged, network, step } = this;
    if (!averaged) return;
    const { address, length } = network.parameters;
    // the first steps count in full, or the average would be of where it all began
    const decay = Math.min(this.plan.averaging, (step + 1) / (step + 10));
    kernels().average(averaged.parameters.address, address, length, decay);
  }

  /** A copy of the state. */
  save(): Saved {
    const { step, network, averaged, adam, batches, random } = this;
    return {
      step,
      weights: network.weights(),
      first: split(network.shape, adam.first.values),
      second: split(network.shape, adam.second.values),
      ...(averaged && { average: averaged.weights() }),
      order: batches.save(),
      random: random.state(),
    };
  }

  dispose(): void {
    this.network.dispose();
    this.averaged?.dispose();
    this.adam.dispose();
    this.batches.dispose();
    for (const block of [this.errors, this.gradients, this.u, this.slope]) block.dispose();
  }
}

import { Adam, averageDecay } from '../optimiser/adam';
import { kernels } from '../../engine/backend';
import { floats, type Block } from '../../engine/heap';
import { join, Network, split, weightShapes, type Shape, type Weights } from '../../network/network';
import type { Plan } from '../plan';
import type { Batch } from './modelKind';
import { tensorsOf, under, type Resume, type Tensors } from './trainingState';

/** What of a plan a network's optimiser follows. */
export type Course = Pick<Plan, 'rate' | 'weightDecay' | 'gradientClip' | 'averaging'>;

/** A network that learns from batches of one loss: its parameters, optimiser and average. Dispose it. */
export class Learner {
  readonly network: Network;
  /** The network of the weights' average (Polyak and Juditsky 1992, with a fading memory), where one is kept. */
  private readonly averaged: Network | undefined;
  /** Steps taken. */
  step = 0;
  loss = NaN;
  norm = NaN;
  /** The error of each row of the last batch. */
  readonly errors: Block;
  readonly batch: Batch;
  private readonly adam: Adam;
  private readonly gradients: Block;
  /** The answers to the last batch, and the loss's gradient in them; size x outputs. */
  private readonly answers: Block;
  private readonly slope: Block;

  /** `prefix` tells its parameters from those of other networks in a state. */
  constructor(
    private readonly course: Course,
    private readonly shape: Shape,
    batches: (network: Network) => Batch,
    initial: () => Weights,
    saved?: Resume,
    private readonly prefix = '',
  ) {
    const part = (name: string) => under(saved!.state, `${name}.${prefix}`);
    this.network = new Network(shape, saved ? part('weights') : initial());
    const { length } = this.network.parameters;
    const batch = (this.batch = batches(this.network));
    this.adam = new Adam(this.network.parameters, course);
    if (course.averaging) this.averaged = new Network(shape, saved ? part('average') : this.network.weights());
    const size = batch.size * shape.outputs;
    [this.errors, this.gradients] = [floats(batch.size), floats(length)];
    [this.answers, this.slope] = [floats(size), floats(size)];
    if (!saved) return;
    this.step = this.adam.step = saved.step;
    join(shape, part('adam.first'), this.adam.first.values);
    join(shape, part('adam.second'), this.adam.second.values);
    batch.restore(saved.state[`batches.${prefix}order`]!.values);
  }

  /** The network that answers: that of the average, where one is kept. */
  get answering(): Network {
    return this.averaged ?? this.network;
  }

  /** Takes one step of Adam; see `ModelTraining.next`. */
  next(): boolean {
    const { network, batch, adam, answers, slope, errors, gradients } = this;
    const { size, input } = batch;
    batch.next();
    network.forward(input.address, size, answers.address);
    this.loss = batch.loss(answers.address, slope.address, errors.address);
    if (!Number.isFinite(this.loss)) {
      this.retreat();
      return false;
    }
    this.average();
    network.backward(input.address, size, slope.address, gradients.address, batch.stateSlope?.address);
    batch.finish?.(gradients.address);
    const rate = this.course.rate(this.step);
    this.norm = adam.update(gradients, rate);
    if (!Number.isFinite(this.norm)) return false;
    this.step++;
    batch.learn?.(errors.values, rate, this.step);
    return true;
  }

  /** Takes the last step back, with what the loss has trained beside the network in it; the moments stay. */
  retreat(): void {
    this.adam.retreat();
    this.batch.retreat?.();
  }

  /** Takes into the average the weights as they were before the step: their loss is known to be finite. */
  private average(): void {
    const { averaged, network, step } = this;
    if (!averaged) return;
    const { address, length } = network.parameters;
    kernels().average(averaged.parameters.address, address, length, averageDecay(this.course.averaging, step));
  }

  /** The parameters that answer, by their full names. */
  weights(): Tensors {
    return tensorsOf(this.answering.weights(), weightShapes(this.shape), this.prefix);
  }

  /** A copy of the state; the batches' random numbers are their owner's. */
  state(): Tensors {
    const { network, averaged, adam, batch, shape, prefix } = this;
    const sizes = weightShapes(shape);
    const part = (name: string, weights: Weights) => tensorsOf(weights, sizes, `${name}.${prefix}`);
    const order = batch.save();
    return {
      ...part('weights', network.weights()),
      ...part('adam.first', split(shape, adam.first.values)),
      ...part('adam.second', split(shape, adam.second.values)),
      ...(averaged && part('average', averaged.weights())),
      [`batches.${prefix}order`]: { shape: [order.length], values: order },
    };
  }

  dispose(): void {
    for (const one of [this.network, this.averaged, this.adam, this.batch, this.errors, this.gradients]) one?.dispose();
    this.answers.dispose();
    this.slope.dispose();
  }
}

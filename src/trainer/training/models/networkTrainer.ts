import { kernels } from '../../engine/backend';
import { floats, type Block } from '../../engine/heap';
import { Network, type Shape } from '../../network/network';
import {
  readParameters,
  tensorsOf,
  weightsUnder,
  writeParameters,
  type Tensors,
  type Weights,
} from '../../network/tensors';
import type { Batch } from '../batches/batch';
import { Adam, averageDecay, type OptimiserSettings } from '../optimiser/adam';
import type { Resume } from './trainingState';

/** A network that is trained on batches of one loss: its parameters, optimiser and EMA. Dispose it. */
export class Learner {
  readonly network: Network;
  /** The network of the weights' EMA (Polyak and Juditsky 1992, with a fading memory), where one is kept. */
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
  /** The output for the last batch, and the loss's gradient in it; size x outputs. */
  private readonly output: Block;
  private readonly slope: Block;

  /** `prefix` tells its parameters from those of other networks in a state. */
  constructor(
    private readonly settings: OptimiserSettings,
    shape: Shape,
    batches: (network: Network) => Batch,
    initial: () => Weights,
    saved?: Resume,
    private readonly prefix = '',
  ) {
    const part = (name: string) => weightsUnder(saved!.state, `${name}.${prefix}`);
    const network = new Network(shape, saved ? part('weights') : initial());
    const batch = batches(network);
    this.network = network;
    this.batch = batch;
    this.adam = new Adam(network.parameters, settings);
    if (settings.averaging) this.averaged = new Network(shape, saved ? part('average') : network.weights());
    this.errors = floats(batch.size);
    this.gradients = floats(network.parameters.length);
    this.output = floats(batch.size * shape.outputs);
    this.slope = floats(batch.size * shape.outputs);
    if (!saved) return;
    this.step = saved.step;
    this.adam.step = saved.step;
    writeParameters(network.shapes, part('adam.first'), this.adam.first.values);
    writeParameters(network.shapes, part('adam.second'), this.adam.second.values);
    batch.restore(saved.state[`batches.${prefix}order`]!.values);
  }

  /** The network that predicts: that of the EMA, where one is kept. */
  get answering(): Network {
    return this.averaged ?? this.network;
  }

  /** Takes one step of Adam; see `ModelTraining.next`. */
  next(): boolean {
    const { network, batch, adam, output, slope, errors, gradients } = this;
    const { size, input } = batch;
    batch.next();
    network.forward(input.address, size, output.address);
    this.loss = batch.loss(output.address, slope.address, errors.address);
    if (!Number.isFinite(this.loss)) {
      this.retreat();
      return false;
    }
    this.average();
    network.backward(input.address, size, slope.address, gradients.address, batch.stateSlope?.address);
    batch.finish?.(gradients.address);
    const rate = this.settings.rate(this.step);
    this.norm = adam.update(gradients, rate);
    if (!Number.isFinite(this.norm)) return false;
    this.step++;
    batch.learn?.(errors.values, rate, this.step);
    return true;
  }

  /** Takes the last step back, with what the loss trains beside the network. The moments stay. */
  retreat(): void {
    this.adam.retreat();
    this.batch.retreat?.();
  }

  /** Takes the weights before the step into the EMA: their loss is finite. */
  private average(): void {
    const { averaged, network, step } = this;
    if (!averaged) return;
    const { address, length } = network.parameters;
    kernels().average(averaged.parameters.address, address, length, averageDecay(this.settings.averaging, step));
  }

  /** A copy of the state. The state of the batches' random numbers is kept by who owns them. */
  state(): Tensors {
    const { network, averaged, adam, batch, prefix } = this;
    const { shapes } = network;
    const part = (name: string, weights: Weights) => tensorsOf(weights, shapes, `${name}.${prefix}`);
    const order = batch.save();
    return {
      ...part('weights', network.weights()),
      ...part('adam.first', readParameters(shapes, adam.first.values)),
      ...part('adam.second', readParameters(shapes, adam.second.values)),
      ...(averaged && part('average', averaged.weights())),
      [`batches.${prefix}order`]: { shape: [order.length], values: order },
    };
  }

  dispose(): void {
    for (const one of [this.network, this.averaged, this.adam, this.batch]) one?.dispose();
    for (const array of [this.errors, this.gradients, this.output, this.slope]) array.dispose();
  }
}

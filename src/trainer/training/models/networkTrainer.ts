import { kernels } from '../../engine/backend';
import { floats, type HeapArray } from '../../engine/heap';
import { Network, type NetworkShape } from '../../network/network';
import {
  readParameters,
  tensorsOf,
  weightsUnder,
  writeParameters,
  type Tensors,
  type Weights,
} from '../../network/tensors';
import type { Batches } from '../batches/batches';
import { Adam, emaDecayAt, type OptimiserSettings } from '../optimiser/adam';
import type { TrainingState } from './trainingState';

/** A network that is trained on batches of one loss: its parameters, optimiser and EMA. Dispose it. */
export class NetworkTrainer {
  readonly network: Network;
  /** The network of the weights' EMA (Polyak and Juditsky 1992, with a fading memory), where one is kept. */
  private readonly ema: Network | undefined;
  /** Steps taken. */
  step = 0;
  loss = NaN;
  gradientNorm = NaN;
  /** The error of each row of the last batch. */
  readonly errors: HeapArray;
  readonly batches: Batches;
  private readonly adam: Adam;
  private readonly gradients: HeapArray;
  /** The output for the last batch, and the loss's gradient in it; size x outputs. */
  private readonly output: HeapArray;
  private readonly outputGradient: HeapArray;

  /** `prefix` tells its parameters from those of other networks in a state. */
  constructor(
    private readonly settings: OptimiserSettings,
    shape: NetworkShape,
    makeBatches: (network: Network) => Batches,
    initial: () => Weights,
    saved?: TrainingState,
    private readonly prefix = '',
  ) {
    const part = (name: string) => weightsUnder(saved!.state, `${name}.${prefix}`);
    const network = new Network(shape, saved ? part('weights') : initial());
    this.network = network;
    this.batches = makeBatches(network);
    const { size, order } = this.batches;
    this.adam = new Adam(network.parameters, settings);
    if (settings.emaDecay) this.ema = new Network(shape, saved ? part('average') : network.weights());
    this.errors = floats(size);
    this.gradients = floats(network.parameters.length);
    this.output = floats(size * shape.outputs);
    this.outputGradient = floats(size * shape.outputs);
    if (!saved) return;
    this.step = saved.step;
    this.adam.step = saved.step;
    writeParameters(network.shapes, part('adam.first'), this.adam.firstMoment.values);
    writeParameters(network.shapes, part('adam.second'), this.adam.secondMoment.values);
    order.restore(saved.state[`batches.${prefix}order`]!.values);
  }

  /** The network that predicts: that of the EMA, where one is kept. */
  get predictionNetwork(): Network {
    return this.ema ?? this.network;
  }

  /** Takes one step of Adam; see `ModelTraining.next`. */
  next(): boolean {
    const { network, batches, adam, output, outputGradient, errors, gradients } = this;
    const { size, input } = batches;
    batches.next();
    network.forward(input.address, size, output.address);
    this.loss = batches.loss(output.address, outputGradient.address, errors.address);
    if (!Number.isFinite(this.loss)) {
      this.undoStep();
      return false;
    }
    this.updateEma();
    network.backward(input.address, size, outputGradient.address, gradients.address, batches.stateGradient?.address);
    batches.writeHeadGradients?.(gradients.address);
    const rate = this.settings.learningRate(this.step);
    this.gradientNorm = adam.update(gradients, rate);
    if (!Number.isFinite(this.gradientNorm)) return false;
    this.step++;
    batches.trainSchedule?.(errors.values, rate, this.step);
    return true;
  }

  /** Takes the last step back, with what the loss trains beside the network. The moments stay. */
  undoStep(): void {
    this.adam.undoStep();
    this.batches.undoStep?.();
  }

  /** Takes the weights before the step into the EMA: their loss is finite. */
  private updateEma(): void {
    const { ema, network, step } = this;
    if (!ema) return;
    const { address, length } = network.parameters;
    kernels().average(ema.parameters.address, address, length, emaDecayAt(this.settings.emaDecay, step));
  }

  /** A copy of the state. The state of the batches' random numbers is kept by who owns them. */
  state(): Tensors {
    const { network, ema, adam, batches, prefix } = this;
    const { shapes } = network;
    const part = (name: string, weights: Weights) => tensorsOf(weights, shapes, `${name}.${prefix}`);
    const order = batches.order.save();
    return {
      ...part('weights', network.weights()),
      ...part('adam.first', readParameters(shapes, adam.firstMoment.values)),
      ...part('adam.second', readParameters(shapes, adam.secondMoment.values)),
      ...(ema && part('average', ema.weights())),
      [`batches.${prefix}order`]: { shape: [order.length], values: order },
    };
  }

  dispose(): void {
    for (const one of [this.network, this.ema, this.adam, this.batches]) one?.dispose();
    for (const array of [this.errors, this.gradients, this.output, this.outputGradient]) array.dispose();
  }
}

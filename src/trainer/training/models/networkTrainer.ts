import type { Terms } from '../../../core/runs/metrics';
import { floats, type HeapArray } from '../../engine/heap';
import { Network, parameterShapes, type NetworkShape } from '../../network/network';
import type { Tensors, Weights } from '../../network/tensors';
import type { Batches } from '../batches/batches';
import type { OptimiserSettings } from '../optimiser/adam';
import { ParameterOptimiser } from '../optimiser/parameterOptimiser';
import type { TrainingState } from './trainingState';

/** A network that is trained on batches of one loss. Dispose it. */
export class NetworkTrainer {
  readonly batches: Batches;
  /** Steps taken. */
  step: number;
  loss = NaN;
  gradientNorm = NaN;
  private readonly optimiser: ParameterOptimiser<Network>;
  /** The output for the last batch, and the loss's gradient in it; size x outputs. */
  private readonly output: HeapArray;
  private readonly outputGradient: HeapArray;
  private readonly rowErrors: HeapArray;

  /** `prefix` tells its parameters from those of other networks in a state. */
  constructor(
    private readonly settings: OptimiserSettings,
    shape: NetworkShape,
    makeBatches: (network: Network) => Batches,
    initial: () => Weights,
    resume?: TrainingState,
    private readonly prefix = '',
  ) {
    const make = (weights: Weights) => new Network(shape, weights);
    this.optimiser = new ParameterOptimiser(settings, parameterShapes(shape), make, initial, resume, prefix);
    this.batches = makeBatches(this.network);
    const { size, inputs } = this.batches;
    this.rowErrors = floats(size);
    this.output = floats(size * shape.outputs);
    this.outputGradient = floats(size * shape.outputs);
    this.step = resume?.step ?? 0;
    if (resume) inputs.order.restore(resume.state[this.orderName]!.values);
  }

  /** The error of each row of the last batch, its bin of log-SNR, and the terms of the loss; see `Batches`. */
  get errors(): Float32Array {
    return this.rowErrors.values;
  }
  get bins(): Int32Array {
    return this.batches.bins;
  }
  get terms(): Terms | undefined {
    return this.batches.terms;
  }
  /** The network that is trained. */
  get network(): Network {
    return this.optimiser.trained;
  }
  /** The network that predicts: that of the EMA, where one is kept. */
  get predictionNetwork(): Network {
    return this.optimiser.predicting;
  }
  private get orderName(): string {
    return `batches.${this.prefix}order`;
  }

  /** Takes one step; see `ModelTraining.next`. */
  next(): boolean {
    const { network, batches, optimiser, output, outputGradient, rowErrors, step } = this;
    const { size, inputs } = batches;
    const { input } = inputs;
    const gradients = optimiser.gradients.address;
    batches.next();
    network.forward(input.address, size, output.address);
    this.loss = batches.loss(output.address, outputGradient.address, rowErrors.address);
    if (!Number.isFinite(this.loss)) {
      this.undoStep();
      return false;
    }
    network.backward(input.address, size, outputGradient.address, gradients, batches.stateGradient?.address);
    batches.writeHeadGradients?.(gradients);
    this.gradientNorm = optimiser.update(step);
    if (!Number.isFinite(this.gradientNorm)) return false;
    this.step++;
    batches.trainSchedule?.(rowErrors.values, this.settings.learningRate(step), this.step);
    return true;
  }

  /** Takes the last step back, with what the loss trains beside the network. The moments stay. */
  undoStep(): void {
    this.optimiser.undoStep();
    this.batches.undoStep?.();
  }

  /** A copy of the state, without that of the random numbers. */
  state(): Tensors {
    const order = this.batches.inputs.order.save();
    return { ...this.optimiser.state(), [this.orderName]: { shape: [order.length], values: order } };
  }

  dispose(): void {
    const { optimiser, batches, rowErrors, output, outputGradient } = this;
    for (const one of [optimiser, batches, rowErrors, output, outputGradient]) one.dispose();
  }
}

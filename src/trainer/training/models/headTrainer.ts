import { kernels } from '../../engine/backend';
import { floats, type HeapArray } from '../../engine/heap';
import {
  readParameters,
  tensorsOf,
  totalSize,
  weightsUnder,
  writeParameters,
  type Tensors,
  type Weights,
} from '../../network/tensors';
import { Head } from '../heads/head';
import { headParameterShapes, type HeadShape } from '../heads/layout';
import { Objective } from '../heads/objective';
import { Adam, emaDecayAt, type OptimiserSettings } from '../optimiser/adam';
import type { TrainingState } from './trainingState';

/** The parameters of a head that several networks share, in a vector of their own. Dispose it. */
export class HeadParameters {
  readonly parameters: HeapArray;
  readonly head: Head;

  /** `table` holds the embeddings where they are not trained. An Error where the weights do not fit. */
  constructor(
    readonly shape: HeadShape,
    weights: Weights,
    table: Float32Array | undefined,
  ) {
    this.parameters = floats(totalSize(headParameterShapes(shape)));
    this.head = new Head(shape, this.parameters.address, 0, table);
    try {
      this.assign(weights, this.parameters);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Writes named parameters into a vector laid out as this one. */
  assign(weights: Weights, vector: HeapArray): void {
    writeParameters(headParameterShapes(this.shape), weights, vector.values);
  }

  /** Copies of the named parameters in a vector laid out as this one; each name is put behind a prefix. */
  tensors(vector = this.parameters, prefix = ''): Tensors {
    const shapes = headParameterShapes(this.shape);
    return tensorsOf(readParameters(shapes, vector.values), shapes, prefix);
  }

  dispose(): void {
    this.head.dispose();
    this.parameters.dispose();
  }
}

/** A head that is trained on the batches of several networks in each step. Dispose it. */
export class HeadTrainer {
  /** The terms of the step and their gradients. */
  readonly objective: Objective;
  private readonly own: HeadParameters;
  private readonly ema: HeadParameters | undefined;
  private readonly adam: Adam;
  private readonly gradients: HeapArray;

  /** `size` is that of a batch; `initial` makes the initial parameters. */
  constructor(
    private readonly settings: OptimiserSettings,
    shape: HeadShape,
    { size, table, initial }: { size: number; table: Float32Array; initial: () => Weights },
    saved?: TrainingState,
  ) {
    const part = (name: string) => weightsUnder(saved!.state, `${name}.`);
    const vector = new HeadParameters(shape, saved ? part('weights') : initial(), table);
    this.own = vector;
    this.objective = new Objective(vector.head, size);
    const start = () => (saved ? part('average') : weightsUnder(vector.tensors()));
    if (settings.emaDecay) this.ema = new HeadParameters(shape, start(), table);
    this.adam = new Adam(vector.parameters, settings);
    this.gradients = floats(vector.parameters.length);
    if (!saved) return;
    this.adam.step = saved.step;
    vector.assign(part('adam.first'), this.adam.firstMoment);
    vector.assign(part('adam.second'), this.adam.secondMoment);
  }

  /** The head that is trained. */
  get head(): Head {
    return this.own.head;
  }
  /** The parameters that predict: those of the EMA, where one is kept. */
  get predictionParameters(): HeadParameters {
    return this.ema ?? this.own;
  }

  /** Takes a step on the sum of the gradients and answers their norm. Takes none where the norm is not finite. */
  next(step: number): number {
    const { own, ema, adam, gradients, settings, objective } = this;
    if (!gradients.length) return 0;
    objective.writeGradients(gradients.address);
    if (ema) {
      const { address, length } = own.parameters;
      kernels().average(ema.parameters.address, address, length, emaDecayAt(settings.emaDecay, step));
    }
    return adam.update(gradients, settings.learningRate(step));
  }

  /** Takes the last step back. The moments stay. */
  undoStep(): void {
    this.adam.undoStep();
  }

  /** A copy of the state. */
  state(): Tensors {
    const { own, ema, adam } = this;
    return {
      ...own.tensors(own.parameters, 'weights.'),
      ...own.tensors(adam.firstMoment, 'adam.first.'),
      ...own.tensors(adam.secondMoment, 'adam.second.'),
      ...ema?.tensors(ema.parameters, 'average.'),
    };
  }

  dispose(): void {
    for (const one of [this.own, this.ema, this.adam, this.gradients, this.objective]) one?.dispose();
  }
}

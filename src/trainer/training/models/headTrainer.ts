import { kernels } from '../../engine/backend';
import { floats, type Block } from '../../engine/heap';
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
import { headShapes, type HeadShape } from '../heads/layout';
import { Objective } from '../heads/objective';
import { Adam, averageDecay, type OptimiserSettings } from '../optimiser/adam';
import type { Resume } from './trainingState';

/** The parameters of a head that several networks share, in a vector of their own. Dispose it. */
export class HeadVector {
  readonly parameters: Block;
  readonly head: Head;

  /** `table` holds the embeddings where they are not trained. An Error where the weights do not fit. */
  constructor(
    readonly shape: HeadShape,
    weights: Weights,
    table: Float32Array | undefined,
  ) {
    this.parameters = floats(totalSize(headShapes(shape)));
    this.head = new Head(shape, this.parameters.address, 0, table);
    try {
      this.assign(weights, this.parameters);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** Writes named parameters into a vector laid out as this one. */
  assign(weights: Weights, vector: Block): void {
    writeParameters(headShapes(this.shape), weights, vector.values);
  }

  /** Copies of the named parameters in a vector laid out as this one; each name is put behind a prefix. */
  tensors(vector = this.parameters, prefix = ''): Tensors {
    const shapes = headShapes(this.shape);
    return tensorsOf(readParameters(shapes, vector.values), shapes, prefix);
  }

  dispose(): void {
    this.head.dispose();
    this.parameters.dispose();
  }
}

/** A head that is trained on the batches of several networks in each step. Dispose it. */
export class HeadLearner {
  /** The terms of the step and their gradients. */
  readonly objective: Objective;
  private readonly vector: HeadVector;
  private readonly averaged: HeadVector | undefined;
  private readonly adam: Adam;
  private readonly gradients: Block;

  /** `size` is that of a batch; `initial` makes the initial parameters. */
  constructor(
    private readonly settings: OptimiserSettings,
    shape: HeadShape,
    { size, table, initial }: { size: number; table: Float32Array; initial: () => Weights },
    saved?: Resume,
  ) {
    const part = (name: string) => weightsUnder(saved!.state, `${name}.`);
    const vector = new HeadVector(shape, saved ? part('weights') : initial(), table);
    this.vector = vector;
    this.objective = new Objective(vector.head, size);
    const start = () => (saved ? part('average') : weightsUnder(vector.tensors()));
    if (settings.averaging) this.averaged = new HeadVector(shape, start(), table);
    this.adam = new Adam(vector.parameters, settings);
    this.gradients = floats(vector.parameters.length);
    if (!saved) return;
    this.adam.step = saved.step;
    vector.assign(part('adam.first'), this.adam.first);
    vector.assign(part('adam.second'), this.adam.second);
  }

  /** The head that is trained. */
  get head(): Head {
    return this.vector.head;
  }
  /** The parameters that predict: those of the EMA, where one is kept. */
  get answering(): HeadVector {
    return this.averaged ?? this.vector;
  }

  /** Takes a step on the sum of the gradients and answers their norm. Takes none where the norm is not finite. */
  next(step: number): number {
    const { vector, averaged, adam, gradients, settings, objective } = this;
    if (!gradients.length) return 0;
    objective.write(gradients.address);
    if (averaged) {
      const { address, length } = vector.parameters;
      kernels().average(averaged.parameters.address, address, length, averageDecay(settings.averaging, step));
    }
    return adam.update(gradients, settings.rate(step));
  }

  /** Takes the last step back. The moments stay. */
  retreat(): void {
    this.adam.retreat();
  }

  /** A copy of the state. */
  state(): Tensors {
    const { vector, averaged, adam } = this;
    return {
      ...vector.tensors(vector.parameters, 'weights.'),
      ...vector.tensors(adam.first, 'adam.first.'),
      ...vector.tensors(adam.second, 'adam.second.'),
      ...averaged?.tensors(averaged.parameters, 'average.'),
    };
  }

  dispose(): void {
    for (const one of [this.vector, this.averaged, this.adam, this.gradients, this.objective]) one?.dispose();
  }
}

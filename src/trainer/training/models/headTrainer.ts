import { floats, type HeapArray } from '../../engine/heap';
import {
  readParameters,
  tensorsOf,
  totalSize,
  writeParameters,
  type Tensors,
  type Weights,
} from '../../network/tensors';
import { Head } from '../heads/head';
import { headParameterShapes, type HeadShape } from '../heads/layout';
import { Objective } from '../heads/objective';
import type { OptimiserSettings } from '../optimiser/adam';
import { ParameterOptimiser } from '../optimiser/parameterOptimiser';
import type { TrainingState } from './trainingState';

/** The parameters of a head that several networks share, in a vector of their own. Dispose it. */
export class HeadParameters {
  readonly parameters: HeapArray;
  readonly head: Head;

  /** `table` holds the embeddings where they are not trained. An Error where the weights do not fit. */
  constructor(
    private readonly shape: HeadShape,
    weights: Weights,
    table: Float32Array | undefined,
  ) {
    const shapes = headParameterShapes(shape);
    this.parameters = floats(totalSize(shapes));
    this.head = new Head(shape, this.parameters.address, 0, table);
    try {
      writeParameters(shapes, weights, this.parameters.values);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  /** A copy of the parameters. */
  tensors(): Tensors {
    const shapes = headParameterShapes(this.shape);
    return tensorsOf(readParameters(shapes, this.parameters.values), shapes);
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
  private readonly optimiser: ParameterOptimiser<HeadParameters>;

  /** `size` is that of a batch; `initial` makes the initial parameters. */
  constructor(
    settings: OptimiserSettings,
    shape: HeadShape,
    { size, table, initial }: { size: number; table: Float32Array; initial: () => Weights },
    resume?: TrainingState,
  ) {
    const make = (weights: Weights) => new HeadParameters(shape, weights, table);
    this.optimiser = new ParameterOptimiser(settings, headParameterShapes(shape), make, initial, resume);
    this.objective = new Objective(this.head, size);
  }

  /** The head that is trained. */
  get head(): Head {
    return this.optimiser.trained.head;
  }
  /** The parameters that predict: those of the EMA, where one is kept. */
  get predictionParameters(): HeadParameters {
    return this.optimiser.predicting;
  }

  /** Takes a step on the sum of the gradients and returns their norm. Takes none where the norm is not finite. */
  next(step: number): number {
    const { gradients } = this.optimiser;
    if (!gradients.length) return 0;
    this.objective.writeGradients(gradients.address);
    return this.optimiser.update(step);
  }

  /** Takes the last step back. The moments stay. */
  undoStep(): void {
    this.optimiser.undoStep();
  }

  /** A copy of the state. */
  state(): Tensors {
    return this.optimiser.state();
  }

  dispose(): void {
    this.optimiser.dispose();
    this.objective.dispose();
  }
}

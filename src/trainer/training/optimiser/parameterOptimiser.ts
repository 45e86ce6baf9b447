import { kernels } from '../../engine/backend';
import { floats, type HeapArray } from '../../engine/heap';
import {
  readParameters,
  tensorsOf,
  weightsUnder,
  writeParameters,
  type Shapes,
  type Tensors,
  type Weights,
} from '../../network/tensors';
import { Adam, emaDecayAt, type OptimiserSettings } from './adam';

/** A state to resume from. */
export interface OptimiserState {
  readonly step: number;
  readonly state: Tensors;
}

/** Parameters in one vector on the wasm heap. */
interface Parameters {
  readonly parameters: HeapArray;
  dispose(): void;
}

/**
 * What optimises the parameters of a network or a head: Adam, and the EMA of the weights (Polyak and Juditsky 1992, with
 * a fading memory) where one is kept. Dispose it: the parameters become its own.
 */
export class ParameterOptimiser<T extends Parameters> {
  readonly trained: T;
  readonly gradients: HeapArray;
  private readonly ema: T | undefined;
  private readonly adam: Adam;

  /** `make` makes parameters of weights. `prefix` tells them from those of others in a state. */
  constructor(
    private readonly settings: OptimiserSettings,
    private readonly shapes: Shapes,
    make: (weights: Weights) => T,
    initial: () => Weights,
    resume?: OptimiserState,
    private readonly prefix = '',
  ) {
    const saved = (name: string) => weightsUnder(resume!.state, `${name}.${prefix}`);
    this.trained = make(resume ? saved('weights') : initial());
    const { parameters } = this.trained;
    if (settings.emaDecay) this.ema = make(resume ? saved('average') : readParameters(shapes, parameters.values));
    this.adam = new Adam(parameters, settings);
    this.gradients = floats(parameters.length);
    if (!resume) return;
    this.adam.step = resume.step;
    writeParameters(shapes, saved('adam.first'), this.adam.firstMoment.values);
    writeParameters(shapes, saved('adam.second'), this.adam.secondMoment.values);
    // Older states lack it. The next step may have to be taken back to it.
    const previous = saved('previous');
    if (Object.keys(previous).length) writeParameters(shapes, previous, this.adam.previous.values);
  }

  /** The parameters that predict: those of the EMA, where one is kept. */
  get predicting(): T {
    return this.ema ?? this.trained;
  }

  /**
   * Takes a step on the gradients and returns their norm before clipping; `step` counts from 0. The weights before the
   * step go into the EMA. Takes no step where the norm is not finite.
   */
  update(step: number): number {
    const { trained, ema, settings } = this;
    if (ema) {
      const { address, length } = trained.parameters;
      kernels().average(ema.parameters.address, address, length, emaDecayAt(settings.emaDecay, step));
    }
    return this.adam.update(this.gradients, settings.learningRate(step));
  }

  /** Takes the last step back. The moments stay. */
  undoStep(): void {
    this.adam.undoStep();
  }

  /** A copy of the state. */
  state(): Tensors {
    const { trained, ema, adam, shapes, prefix } = this;
    const part = (name: string, vector: HeapArray) =>
      tensorsOf(readParameters(shapes, vector.values), shapes, `${name}.${prefix}`);
    return {
      ...part('weights', trained.parameters),
      ...part('adam.first', adam.firstMoment),
      ...part('adam.second', adam.secondMoment),
      ...part('previous', adam.previous),
      ...(ema && part('average', ema.parameters)),
    };
  }

  dispose(): void {
    for (const one of [this.trained, this.ema, this.adam, this.gradients]) one?.dispose();
  }
}

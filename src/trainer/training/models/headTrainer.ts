import { Adam, averageDecay } from '../optimiser/adam';
import { kernels } from '../../engine/backend';
import { floats, type Block } from '../../engine/heap';
import { Head } from '../heads/head';
import { headShapes, headSize, type HeadShape } from '../heads/layout';
import { Objective } from '../heads/objective';
import type { Weights } from '../../network/network';
import type { Course } from './networkTrainer';
import { tensorsOf, under, type Resume, type Tensors } from './trainingState';

/** What is trained in a head that several networks share, in a vector of its own; what is not trained beside it. Dispose it. */
export class HeadVector {
  readonly parameters: Block;
  readonly head: Head;

  /** `table` is the embeddings' where they are not trained; an Error where the weights do not fit. */
  constructor(
    readonly shape: HeadShape,
    weights: Weights,
    table: Float32Array | undefined,
  ) {
    this.parameters = floats(headSize(shape));
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
    for (const [name, place] of Object.entries(this.head.places)) {
      const size = headShapes(this.shape)[name]!;
      const values = weights[name];
      if (values?.length !== size.reduce((product, n) => product * n, 1))
        throw new Error(`the weights do not fit the model: ${name} should be ${size.join(' x ')}`);
      vector.values.set(values, place);
    }
  }

  /** The named parameters in a vector laid out as this one, as copies, their names after a prefix. */
  tensors(vector = this.parameters, prefix = ''): Tensors {
    const sizes = headShapes(this.shape);
    const weights = Object.entries(this.head.places).map(([name, place]) => [
      name,
      vector.values.slice(place, place + sizes[name]!.reduce((product, n) => product * n, 1)),
    ]);
    return tensorsOf(Object.fromEntries(weights) as Weights, sizes, prefix);
  }

  dispose(): void {
    this.head.dispose();
    this.parameters.dispose();
  }
}

/** A head that learns from the batches of several networks in each step. Dispose it. */
export class HeadLearner {
  /** The terms of the step and their gradients. */
  readonly objective: Objective;
  private readonly vector: HeadVector;
  private readonly averaged: HeadVector | undefined;
  private readonly adam: Adam;
  private readonly gradients: Block;

  /** `size` is that of a batch; `initial` what is trained begins with. */
  constructor(
    private readonly course: Course,
    shape: HeadShape,
    { size, table, initial }: { size: number; table: Float32Array; initial: () => Weights },
    saved?: Resume,
  ) {
    const part = (name: string) => under(saved!.state, `${name}.`);
    const vector = (this.vector = new HeadVector(shape, saved ? part('weights') : initial(), table));
    this.objective = new Objective(this.head, size);
    const start = () => (saved ? part('average') : under(vector.tensors(), ''));
    if (course.averaging) this.averaged = new HeadVector(shape, start(), table);
    this.adam = new Adam(vector.parameters, course);
    this.gradients = floats(vector.parameters.length);
    if (!saved) return;
    this.adam.step = saved.step;
    vector.assign(part('adam.first'), this.adam.first);
    vector.assign(part('adam.second'), this.adam.second);
  }

  /** The head that learns, and what answers: that of the average, where one is kept. */
  get head(): Head {
    return this.vector.head;
  }
  get answering(): HeadVector {
    return this.averaged ?? this.vector;
  }

  /** Takes the step of the gradients that have come together; answers their norm, and stays where that is not finite. */
  next(step: number): number {
    const { vector, averaged, adam, gradients, course, objective } = this;
    if (!gradients.length) return 0;
    objective.write(gradients.address);
    if (averaged) {
      const { address, length } = vector.parameters;
      kernels().average(averaged.parameters.address, address, length, averageDecay(course.averaging, step));
    }
    return adam.update(gradients, course.rate(step));
  }

  /** Takes the last step back; the moments stay. */
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

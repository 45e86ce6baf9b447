import { kernels } from '../../engine/backend';
import { floats, floatsAt, floatsOf, Scratch, type Address, type Block } from '../../engine/heap';
import { answersOf, headShapes, nearestMap, type HeadShape } from './layout';
import { nearestReadout, Reader } from './readout';

/**
 * The embeddings, the prediction and the read-out of a model, in the heap. What is trained of it lies in the model's own
 * vector of parameters, from `place` on. Dispose it.
 */
export class Head {
  /** Where the table W lies (classes x m), and a linear read-out's kernel (m x classes) and bias, if it has one. */
  readonly table: Address;
  readonly kernel: Address;
  readonly bias: Address;
  /** Where the gradients of these lie in a vector of gradients, in numbers from its start; undefined where they have none. */
  readonly places: Readonly<Record<string, number>>;
  private readonly fixed: Block | undefined;
  /** The nearest read-out as a linear one. */
  private readonly derived: Block | undefined;
  private readonly shares = new Scratch();
  private readonly guesses = new Scratch();

  /** `table` is the embeddings' where they are not trained. */
  constructor(
    readonly shape: HeadShape,
    parameters: Address,
    place: number,
    table: Float32Array | undefined,
  ) {
    const { classes, dimension } = shape;
    let at = place;
    this.places = Object.fromEntries(
      Object.entries(headShapes(shape)).map(([name, size]) => {
        const from = at;
        at += size.reduce((product, n) => product * n, 1);
        return [name, from];
      }),
    );
    const address = (name: string): Address | undefined =>
      name in this.places ? parameters + 4 * this.places[name]! : undefined;
    const trained = address('embedding.table');
    if (trained === undefined) this.fixed = floatsOf(table!);
    this.table = trained ?? this.fixed!.address;
    if (shape.readout === 'nearest') this.derived = floats((dimension + 1) * classes);
    this.kernel = address('readout.kernel') ?? this.derived!.address;
    this.bias = address('readout.bias') ?? this.kernel + 4 * dimension * classes;
  }

  /** The table as it is now, a view. */
  get embeddings(): Float32Array {
    return floatsAt(this.table, this.shape.classes * this.shape.dimension);
  }

  /** Where u lies (rows x m): the answers (rows x answers) themselves, or softmax(answers) W. */
  predict(answers: Address, rows: number): Address {
    const { classes, dimension, prediction } = this.shape;
    if (prediction === 'regression') return answers;
    const shares = this.shares.reserve(4 * rows * classes);
    const u = this.guesses.reserve(4 * rows * dimension);
    kernels().softmax(answers, rows, classes, shares);
    kernels().multiply(shares, rows, classes, this.table, dimension, u, 0);
    return u;
  }

  /** Where the shares of the last `predict` lie (rows x classes), for softmax predictions. */
  sharesAt(rows: number): Address {
    return this.shares.reserve(4 * rows * this.shape.classes);
  }

  /** log p(y | z) of states z (rows x m), but for what all classes share: rows x classes. */
  logits(z: Address, rows: number, out: Address): void {
    const { classes, dimension } = this.shape;
    if (this.derived) {
      const map = nearestMap(this.embeddings, classes, dimension);
      this.derived.values.set(map.kernel);
      this.derived.values.set(map.bias, dimension * classes);
    }
    kernels().multiply(z, rows, dimension, this.kernel, classes, out, this.bias);
  }

  /** How many numbers the network answers for a row. */
  get answers(): number {
    return answersOf(this.shape);
  }

  /** How classes are read from states, as it is now. */
  reader(): Reader {
    const { shape, kernel, bias } = this;
    const { classes, dimension, readout } = shape;
    if (readout === 'nearest') return new Reader(nearestReadout(shape, this.embeddings));
    return new Reader({
      kernel: floatsAt(kernel, dimension * classes).slice(),
      bias: floatsAt(bias, classes).slice(),
    });
  }

  dispose(): void {
    for (const one of [this.fixed, this.derived, this.shares, this.guesses]) one?.dispose();
  }
}

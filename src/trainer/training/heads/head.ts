import { kernels } from '../../engine/backend';
import { floats, floatsAt, floatsOf, Scratch, type Address, type HeapArray } from '../../engine/heap';
import { placesOf } from '../../network/tensors';
import { outputCount, headParameterShapes, nearestEmbeddingMap, type HeadShape } from './layout';
import { nearestEmbeddingReadout, LinearReadout } from './readout';

/**
 * The embeddings, the prediction and the read-out of a model, on the wasm heap. What is trained of it lies in the
 * model's vector of parameters, from `place` on. Dispose it.
 */
export class Head {
  /** The addresses of the table W (classes x m), and of the read-out's kernel (m x classes) and bias. */
  readonly table: Address;
  readonly kernel: Address;
  readonly bias: Address;
  /** Where what is trained, and its gradients, begin in a vector of all, in numbers. */
  readonly places: Readonly<Record<string, number>>;
  private readonly fixed: HeapArray | undefined;
  /** The read-out of the nearest embedding as a linear one. */
  private readonly derived: HeapArray | undefined;
  private readonly probabilities = new Scratch();
  private readonly predictions = new Scratch();

  /** `table` holds the embeddings where they are not trained. */
  constructor(
    readonly shape: HeadShape,
    parameters: Address,
    place: number,
    table: Float32Array | undefined,
  ) {
    const { classes, dimension } = shape;
    const places = Object.entries(placesOf(headParameterShapes(shape)));
    this.places = Object.fromEntries(places.map(([name, from]) => [name, place + from]));
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

  /** Where u lies (rows x m): the outputs (rows x outputs) themselves, or softmax(outputs) W. */
  predict(outputs: Address, rows: number): Address {
    const { classes, dimension, prediction } = this.shape;
    if (prediction === 'regression') return outputs;
    const probabilities = this.probabilities.reserve(4 * rows * classes);
    const u = this.predictions.reserve(4 * rows * dimension);
    kernels().softmax(outputs, rows, classes, probabilities);
    kernels().multiply(probabilities, rows, classes, this.table, dimension, u, 0);
    return u;
  }

  /** Where the probabilities of the last `predict` lie (rows x classes), for softmax predictions. */
  probabilitiesAt(rows: number): Address {
    return this.probabilities.reserve(4 * rows * this.shape.classes);
  }

  /** log p(y | z) of states z (rows x m), without what all classes share: rows x classes. */
  logits(z: Address, rows: number, out: Address): void {
    const { classes, dimension } = this.shape;
    if (this.derived) {
      const map = nearestEmbeddingMap(this.embeddings, classes, dimension);
      this.derived.values.set(map.kernel);
      this.derived.values.set(map.bias, dimension * classes);
    }
    kernels().multiply(z, rows, dimension, this.kernel, classes, out, this.bias);
  }

  /** How many numbers the network's output has for a row. */
  get outputs(): number {
    return outputCount(this.shape);
  }

  /** The read-out as it is now. */
  readout(): LinearReadout {
    const { shape, kernel, bias } = this;
    const { classes, dimension, readout } = shape;
    if (readout === 'nearest') return new LinearReadout(nearestEmbeddingReadout(shape, this.embeddings));
    return new LinearReadout({
      kernel: floatsAt(kernel, dimension * classes).slice(),
      bias: floatsAt(bias, classes).slice(),
    });
  }

  dispose(): void {
    for (const one of [this.fixed, this.derived, this.probabilities, this.predictions]) one?.dispose();
  }
}

import { sizeOf, type Tensors } from '../../core/files/safetensors';

export { sizeOf, type Tensor, type Tensors, type TensorValues } from '../../core/files/safetensors';

/** The shapes of named parameters, in the order in which they lie in a vector of all. */
export type Shapes = Readonly<Record<string, readonly number[]>>;

/** Named parameters of a network or a head, row-major. */
export type Weights = Readonly<Record<string, Float32Array>>;

/** How many numbers all of these have together. */
export const totalSize = (shapes: Shapes): number =>
  Object.values(shapes).reduce((sum, shape) => sum + sizeOf(shape), 0);

/** Where each named parameter begins in a vector of all, in numbers. */
export function placesOf(shapes: Shapes): Readonly<Record<string, number>> {
  let next = 0;
  const place = (shape: readonly number[]) => {
    const from = next;
    next += sizeOf(shape);
    return from;
  };
  return Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, place(shape)]));
}

/** The named parameters in a vector of all, as copies. */
export function readParameters(shapes: Shapes, vector: Float32Array): Weights {
  const places = Object.entries(placesOf(shapes));
  return Object.fromEntries(
    places.map(([name, place]) => [name, vector.slice(place, place + sizeOf(shapes[name]!))] as const),
  );
}

/** Writes named parameters into a vector of all. An Error where one is missing or has another size. */
export function writeParameters(shapes: Shapes, weights: Weights, vector: Float32Array): void {
  for (const [name, place] of Object.entries(placesOf(shapes))) {
    const [values, shape] = [weights[name], shapes[name]!];
    if (values?.length !== sizeOf(shape))
      throw new Error(`the weights do not fit the network: ${name} should be ${shape.join(' x ')}`);
    vector.set(values, place);
  }
}

/** Named parameters as tensors; each name is put behind a prefix. */
export const tensorsOf = (weights: Weights, shapes: Shapes, prefix = ''): Tensors =>
  Object.fromEntries(
    Object.entries(weights).map(([name, values]) => [prefix + name, { shape: shapes[name]!, values }]),
  );

/** The entries whose names begin with a prefix, by the rest of their names. */
export const entriesUnder = <T>(named: Readonly<Record<string, T>>, prefix: string): Record<string, T> =>
  Object.fromEntries(
    Object.entries(named)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, one]) => [name.slice(prefix.length), one]),
  );

/** The values of the tensors whose names begin with a prefix, by the rest of their names. */
export const weightsUnder = (tensors: Tensors, prefix = ''): Weights =>
  Object.fromEntries(
    Object.entries(entriesUnder(tensors, prefix)).map(([name, { values }]) => [name, values as Float32Array]),
  );

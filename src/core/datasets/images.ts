/** The names of the pixels of an image, row by row, as `imageShape` reads them. */
export const pixelNames = (rows: number, columns: number): string[] =>
  Array.from({ length: rows * columns }, (_, k) => `pixel ${Math.floor(k / columns) + 1},${(k % columns) + 1}`);

/** Images of n x height x width, each turned over its diagonal: n x width x height. */
export function transposed<T extends Uint8Array | Float64Array>(
  values: T,
  n: number,
  height: number,
  width: number,
): T {
  const out = values.slice() as T;
  const size = height * width;
  for (let i = 0; i < n; i++)
    for (let k = 0; k < size; k++) out[i * size + (k % width) * height + Math.floor(k / width)] = values[i * size + k]!;
  return out;
}

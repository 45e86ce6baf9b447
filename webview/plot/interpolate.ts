/** Where a position lies in an ascending list: between an entry and the next, at a share of the way. */
export interface Place {
  readonly index: number;
  readonly share: number;
}

/** The place of a position in an ascending list; the nearest end where it lies outside. */
export function placeIn(sorted: ArrayLike<number>, at: number): Place {
  let low = 0;
  let high = sorted.length - 1;
  if (!(at > sorted[low]!)) return { index: 0, share: 0 };
  if (at >= sorted[high]!) return { index: Math.max(high - 1, 0), share: high > 0 ? 1 : 0 };
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= at) low = middle;
    else high = middle;
  }
  return { index: low, share: (at - sorted[low]!) / (sorted[high]! - sorted[low]!) };
}

/** What a table (rows x width) has in a column at a place between two rows. */
export function interpolate(values: ArrayLike<number>, { index, share }: Place, width = 1, column = 0): number {
  const a = values[index * width + column]!;
  const b = values[(index + 1) * width + column] ?? NaN;
  return share === 0 ? a : share === 1 ? b : a + (b - a) * share;
}

/** A column of a table (rows x width). */
export const columnOf = (values: ArrayLike<number>, width: number, column: number): Float64Array =>
  Float64Array.from({ length: values.length / width }, (_, k) => values[k * width + column]!);

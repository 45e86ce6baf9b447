/** n equally spaced values from start to end, both ends included and exact; n >= 2. */
export function uniform(start: number, end: number, n: number): Float64Array {
  const step = 1 / (n - 1);
  return Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? end : start + (end - start) * i * step));
}

/** At most `most` of the indices of a list, spread evenly, its first and last among them; a list has two at least. */
export function evenly(length: number, most: number): Int32Array {
  const kept = Math.min(length, most);
  return Int32Array.from({ length: kept }, (_, i) => Math.round((i * (length - 1)) / (kept - 1)));
}

/** n equally spaced values from start to end, both ends included and exact; n >= 2. */
export function uniform(start: number, end: number, n: number): Float64Array {
  const step = 1 / (n - 1);
  return Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? end : start + (end - start) * i * step));
}

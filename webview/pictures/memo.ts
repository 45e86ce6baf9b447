/** Keeps what was made last as long as what it was made of is the same, so that a drawing of the page redraws nothing. */
export function memo<D extends readonly unknown[], T>(make: (...from: D) => T): (...from: D) => T {
  let last: { from: D; made: T } | undefined;
  return (...from) => {
    if (!last?.from.every((part, i) => part === from[i])) last = { from, made: make(...from) };
    return last.made;
  };
}

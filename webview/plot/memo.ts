/** Keeps the last result while the arguments stay the same objects, so that drawing the page again makes nothing anew. */
export function memo<D extends readonly unknown[], T>(make: (...from: D) => T): (...from: D) => T {
  let last: { from: D; made: T } | undefined;
  return (...from) => {
    if (!last?.from.every((part, i) => part === from[i])) last = { from, made: make(...from) };
    return last.made;
  };
}

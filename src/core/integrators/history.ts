/** What a multistep method remembers: the values at the starts of the last steps, newest first. */
export class History {
  /** One array of the system's size a value; the first `count` are there. */
  readonly values: Float64Array[];
  count = 0;
  private readonly places: Float64Array;
  private end = NaN;

  constructor(
    size: number,
    private readonly length: number,
  ) {
    this.values = Array.from({ length }, () => new Float64Array(size));
    this.places = new Float64Array(length);
  }

  /** The room for the value at the start of a step; what went before is forgotten unless it led here. */
  open(from: number, place: number): Float64Array {
    if (from !== this.end) this.count = 0;
    this.values.unshift(this.values.pop()!);
    this.places.copyWithin(1, 0);
    this.places[0] = place;
    this.count = Math.min(this.count + 1, this.length);
    return this.values[0]!;
  }

  /** Ends a step. */
  close(to: number): void {
    this.end = to;
  }

  /** Writes the places, from the newest and in units of a step h, and answers how many a step can make use of. */
  nodes(h: number, out: Float64Array): number {
    out[0] = 0;
    let count = 1;
    if (!Number.isFinite(h)) return count;
    for (; count < Math.min(this.count, out.length); count++) {
      const node = (this.places[count]! - this.places[0]!) / h;
      // two times so close that they have one log-SNR are one node
      if (!Number.isFinite(node) || node === out[count - 1]) break;
      out[count] = node;
    }
    return count;
  }
}

/** The last few values of a multistep method, newest first, each with the place on its axis where it stands. */
export class History {
  private readonly rows: { place: number; values: Float64Array }[];
  /** How many there are, at most as many as there is room for. */
  length = 0;

  constructor(size: number, room: number) {
    this.rows = Array.from({ length: room }, () => ({ place: NaN, values: new Float64Array(size) }));
  }

  /** Makes room for a new value in place of the oldest, and hands its array out to be written. */
  next(place: number): Float64Array {
    const row = this.rows.pop()!;
    row.place = place;
    this.rows.unshift(row);
    this.length = Math.min(this.length + 1, this.rows.length);
    return row.values;
  }

  /** The value i steps back. */
  values(i: number): Float64Array {
    return this.rows[i]!.values;
  }

  /** Where the value i steps back stands. */
  place(i: number): number {
    return this.rows[i]!.place;
  }

  /** The places of all there are, newest first. */
  places(): number[] {
    return this.rows.slice(0, this.length).map(({ place }) => place);
  }
}

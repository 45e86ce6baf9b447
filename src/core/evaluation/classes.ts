/** How one class fares; shares are 0 to 1, and NaN where nothing is there to divide by. */
export interface ClassRow {
  readonly label: string;
  /** Rows of the class, and rows that were given its label. */
  readonly count: number;
  readonly given: number;
  /** The share of rows given the label that are of the class. */
  readonly precision: number;
  /** The share of rows of the class that were given its label. */
  readonly recall: number;
  /** 2 right / (count + given): the harmonic mean of the two. */
  readonly f1: number;
}

/** A row for each class of a confusion matrix (m x m, row-major: true class by label given). */
export function classRows(confusion: ArrayLike<number>, classes: readonly string[]): ClassRow[] {
  const m = classes.length;
  const total = (at: (j: number) => number) => classes.reduce((sum, _, j) => sum + confusion[at(j)]!, 0);
  return classes.map((label, k) => {
    const count = total((j) => k * m + j);
    const given = total((j) => j * m + k);
    const right = confusion[k * m + k]!;
    return { label, count, given, precision: right / given, recall: right / count, f1: (2 * right) / (count + given) };
  });
}

/** The plain means over the classes that have a value, as a row named "mean". */
export function meanRow(rows: readonly ClassRow[]): ClassRow {
  const mean = (key: 'precision' | 'recall' | 'f1') => {
    const values = rows.map((row) => row[key]).filter((value) => !Number.isNaN(value));
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const total = (key: 'count' | 'given') => rows.reduce((sum, row) => sum + row[key], 0);
  return {
    label: 'mean',
    count: total('count'),
    given: total('given'),
    precision: mean('precision'),
    recall: mean('recall'),
    f1: mean('f1'),
  };
}

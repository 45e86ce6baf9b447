import type { Scaling } from '../../core/datasets';

/** How features are scaled; either kind of array will do. */
export type FeatureScales = { readonly [K in keyof Scaling]: ArrayLike<number> };

/** More numbers than this are kept as the bytes they came as, and out of the trainer's heap: 32 MB of floats. */
export const MAX_RESIDENT = 2 ** 23;

/** A value as a network reads it; what has no value (NaN) is given the mean. */
export const scaled = (value: number, k: number, { mean, scale }: FeatureScales): number =>
  Number.isNaN(value) ? 0 : (value - mean[k]!) / scale[k]!;

/** The features of n rows as a network reads them, scaled: n x d. */
export interface FeatureMatrix {
  readonly n: number;
  readonly d: number;
  /** All of them, where they are few enough to stay in memory as such. */
  readonly values?: Float32Array;
  /** Writes the rows of these numbers to out, the first at `at` and each `step` after the one before. */
  copyRows(rows: ArrayLike<number>, out: Float32Array, at: number, step: number): void;
  /** The rows from `first` until before `last`, as an array that is not to be written to. */
  rows(first: number, last: number): Float32Array;
  /** The rows of these numbers alone. */
  select(rows: Int32Array): FeatureMatrix;
}

/** Features of rows `ids` of x (row-major, in the features' own units); many bytes stay bytes, scaled when they are read. */
export const featureMatrix = (x: Float64Array | Uint8Array, ids: Int32Array, scales: FeatureScales): FeatureMatrix =>
  x instanceof Uint8Array && ids.length * scales.mean.length > MAX_RESIDENT
    ? new ByteMatrix(x, ids, scales)
    : new FloatMatrix(scaledRows(x, ids, scales), scales.mean.length);

function scaledRows(x: Float64Array | Uint8Array, ids: Int32Array, scales: FeatureScales): Float32Array {
  const d = scales.mean.length;
  const out = new Float32Array(ids.length * d);
  let at = 0;
  for (const id of ids) for (let k = 0; k < d; k++) out[at++] = scaled(x[id * d + k]!, k, scales);
  return out;
}

class FloatMatrix implements FeatureMatrix {
  readonly n: number;

  constructor(
    readonly values: Float32Array,
    readonly d: number,
  ) {
    this.n = values.length / d;
  }

  copyRows(rows: ArrayLike<number>, out: Float32Array, at: number, step: number): void {
    const { values, d } = this;
    for (let i = 0; i < rows.length; i++) out.set(values.subarray(rows[i]! * d, (rows[i]! + 1) * d), at + i * step);
  }

  rows(first: number, last: number): Float32Array {
    return this.values.subarray(first * this.d, last * this.d);
  }

  select(rows: Int32Array): FeatureMatrix {
    const values = new Float32Array(rows.length * this.d);
    this.copyRows(rows, values, 0, this.d);
    return new FloatMatrix(values, this.d);
  }
}

class ByteMatrix implements FeatureMatrix {
  readonly n: number;
  readonly d: number;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly ids: Int32Array,
    private readonly scales: FeatureScales,
  ) {
    [this.n, this.d] = [ids.length, scales.mean.length];
  }

  copyRows(rows: ArrayLike<number>, out: Float32Array, at: number, step: number): void {
    const { bytes, ids, d } = this;
    const { mean, scale } = this.scales;
    for (let i = 0; i < rows.length; i++) {
      const [from, to] = [ids[rows[i]!]! * d, at + i * step];
      for (let k = 0; k < d; k++) out[to + k] = (bytes[from + k]! - mean[k]!) / scale[k]!;
    }
  }

  rows(first: number, last: number): Float32Array {
    return scaledRows(this.bytes, this.ids.subarray(first, last), this.scales);
  }

  select(rows: Int32Array): FeatureMatrix {
    return featureMatrix(
      this.bytes,
      rows.map((i) => this.ids[i]!),
      this.scales,
    );
  }
}

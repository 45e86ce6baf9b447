import type { Scaling } from '../../core/datasets';

/** How features are scaled. */
export type FeatureScales = { readonly [K in keyof Scaling]: ArrayLike<number> };

/** Matrices of more numbers than this (32 MB of floats) stay bytes where they came as such, and off the wasm heap. */
export const MAX_RESIDENT = 2 ** 23;

/** A value of feature k as a network gets it. A missing value (NaN) becomes the mean. */
export const scaled = (value: number, k: number, { mean, scale }: FeatureScales): number =>
  Number.isNaN(value) ? 0 : (value - mean[k]!) / scale[k]!;

/** The scaled features of n rows, as a network gets them: n x d. */
export interface FeatureMatrix {
  readonly n: number;
  readonly d: number;
  /** All numbers, where they are few enough to stay in memory. */
  readonly values?: Float32Array;
  /** Writes the rows of these indices to out, the first to `at`, with `step` numbers from one row to the next. */
  copyRows(rows: ArrayLike<number>, out: Float32Array, at: number, step: number): void;
  /** The rows from `first` until before `last`. Do not write to the array. */
  rows(first: number, last: number): Float32Array;
  /** The rows of these indices alone. */
  select(rows: Int32Array): FeatureMatrix;
}

/** The features of rows `ids` of x (row-major, in the features' own units). Many bytes stay bytes, scaled on reading. */
export const featureMatrix = (x: Float64Array | Uint8Array, ids: Int32Array, scales: FeatureScales): FeatureMatrix =>
  x instanceof Uint8Array && ids.length * scales.mean.length > MAX_RESIDENT
    ? new ByteMatrix(x, ids, scales)
    : new FloatMatrix(scaledRows(x, ids, scales), scales.mean.length);

function scaledRows(x: Float64Array | Uint8Array, ids: Int32Array, scales: FeatureScales): Float32Array {
  const d = scales.mean.length;
  const out = new Float32Array(ids.length * d);
  ids.forEach((id, i) => {
    for (let k = 0; k < d; k++) out[i * d + k] = scaled(x[id * d + k]!, k, scales);
  });
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
    this.n = ids.length;
    this.d = scales.mean.length;
  }

  copyRows(rows: ArrayLike<number>, out: Float32Array, at: number, step: number): void {
    const { bytes, ids, d } = this;
    const { mean, scale } = this.scales;
    for (let i = 0; i < rows.length; i++) {
      const from = ids[rows[i]!]! * d;
      const to = at + i * step;
      for (let k = 0; k < d; k++) out[to + k] = (bytes[from + k]! - mean[k]!) / scale[k]!;
    }
  }

  rows(first: number, last: number): Float32Array {
    return scaledRows(this.bytes, this.ids.subarray(first, last), this.scales);
  }

  select(rows: Int32Array): FeatureMatrix {
    const ids = rows.map((i) => this.ids[i]!);
    return featureMatrix(this.bytes, ids, this.scales);
  }
}

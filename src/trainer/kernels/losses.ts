// Losses over the rows of a batch, each with the gradient of its upstream-weighted mean. Sums are double.
import { exp, loadPart, log, splat, storePart, total } from './vector';

/**
 * The mean over rows of w_i |u_i - z_i|^2 for u and z rows x columns; w = 0 means ones. The gradient in u,
 * times `upstream`, goes to `slope`, and each row's |u_i - z_i|^2 to `errors`.
 */
export function squaredError(
  u: usize, z: usize, w: usize, rows: i32, columns: i32, upstream: f64, slope: usize, errors: usize,
): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const weight = w ? <f64>load<f32>(w + (<usize>i << 2)) : 1;
    const factor = splat(<f32>(2 * weight * upstream / rows));
    let squares = splat(0);
    for (let left = columns; left > 0; left -= 4) {
      const gap = f32x4.sub(loadPart(u, left), loadPart(z, left));
      squares = f32x4.add(squares, f32x4.mul(gap, gap));
      storePart(slope, f32x4.mul(factor, gap), left);
      const step = <usize>min(4, left) << 2;
      u += step; z += step; slope += step;
    }
    const error = total(squares);
    store<f32>(errors + (<usize>i << 2), error);
    sum += weight * error;
  }
  return sum / rows;
}

/** The softmax of each row (rows x columns). `out` may be `logits`. Returns the log of the last row's sum of exponentials. */
export function softmax(logits: usize, rows: i32, columns: i32, out: usize): f64 {
  let logSum: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const line = <usize>(i * columns) << 2;
    let top = load<f32>(logits + line);
    for (let j = 1; j < columns; j++) top = max(top, load<f32>(logits + line + (<usize>j << 2)));
    let sum: f64 = 0;
    for (let j = 0; j < columns; j += 4) {
      const o = line + (<usize>j << 2), left = columns - j;
      const value = exp(f32x4.sub(loadPart(logits + o, left), splat(top)));
      storePart(out + o, value, left);
      for (let k = 0; k < min(4, left); k++) sum += load<f32>(out + o + (<usize>k << 2));
    }
    const inverse = splat(<f32>(1 / sum));
    for (let j = 0; j < columns; j += 4) {
      const o = line + (<usize>j << 2), left = columns - j;
      storePart(out + o, f32x4.mul(loadPart(out + o, left), inverse), left);
    }
    logSum = top + f32x4.extract_lane(log(splat(<f32>sum)), 0);
  }
  return logSum;
}

/**
 * The mean over rows of -w_i log softmax(logits_i)[label_i] for int32 labels; w = 0 means ones. The gradient in
 * the logits, times `upstream`, goes to `slope`, and each row's value to `values`.
 */
export function crossEntropy(
  logits: usize, labels: usize, w: usize, rows: i32, columns: i32, upstream: f64, slope: usize, values: usize,
): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++) {
    const at = <usize>i << 2, label = <usize>load<i32>(labels + at) << 2;
    const weight = w ? <f64>load<f32>(w + at) : 1;
    const value = softmax(logits, 1, columns, slope) - load<f32>(logits + label);
    store<f32>(values + at, <f32>value);
    sum += weight * value;
    store<f32>(slope + label, load<f32>(slope + label) - 1);
    const factor = splat(<f32>(weight * upstream / rows));
    for (let left = columns; left > 0; left -= 4) {
      storePart(slope, f32x4.mul(loadPart(slope, left), factor), left);
      const step = <usize>min(4, left) << 2;
      slope += step; logits += step;
    }
  }
  return sum / rows;
}

/** The gradient in the logits from that in p = softmax(logits), d: in each row p (d - sum p d). */
export function softmaxSlope(p: usize, d: usize, rows: i32, columns: i32, out: usize): void {
  for (let i = 0; i < rows; i++) {
    let products = splat(0);
    const line = <usize>(i * columns) << 2;
    for (let j = 0; j < columns; j += 4) {
      const o = line + (<usize>j << 2), left = columns - j;
      products = f32x4.add(products, f32x4.mul(loadPart(p + o, left), loadPart(d + o, left)));
    }
    const sum = splat(total(products));
    for (let j = 0; j < columns; j += 4) {
      const o = line + (<usize>j << 2), left = columns - j;
      storePart(out + o, f32x4.mul(loadPart(p + o, left), f32x4.sub(loadPart(d + o, left), sum)), left);
    }
  }
}

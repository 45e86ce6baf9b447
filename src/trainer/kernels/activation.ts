// Activations of whole layers, where they are not part of the product, and their derivatives.
import { loadPart, sigmoid, splat, storePart, tanh } from './vector';

export const enum Activation { Linear, Relu, Silu, Tanh }

@inline function activateFour(values: usize, count: i32, activation: Activation, slopes: usize, skip: usize): void {
  const x = loadPart(values, count);
  let value = x, slope = splat(1);
  if (activation == Activation.Relu) {
    value = f32x4.max(x, splat(0));
    slope = v128.and(slope, f32x4.gt(x, splat(0)));
  } else if (activation == Activation.Tanh) {
    value = tanh(x);
    slope = f32x4.sub(slope, f32x4.mul(value, value));
  } else if (activation == Activation.Silu) {
    const s = sigmoid(x);
    value = f32x4.mul(x, s);
    slope = f32x4.add(s, f32x4.mul(value, f32x4.sub(slope, s)));
  }
  if (slopes) storePart(slopes, slope, count);
  if (skip) value = f32x4.add(value, loadPart(skip, count));
  storePart(values, value, count);
}

/**
 * Applies an activation to `count` numbers in place. Its derivatives go to `slopes`, if that is not 0. Then the numbers
 * at `skip` are added, if that is not 0.
 */
export function activate(values: usize, count: i32, activation: Activation, slopes: usize, skip: usize): void {
  let left = count;
  for (; left >= 4; left -= 4) {
    activateFour(values, 4, activation, slopes, skip);
    values += 16;
    if (slopes) slopes += 16;
    if (skip) skip += 16;
  }
  activateFour(values, left, activation, slopes, skip);
}

/** out[i] = a[i] b[i]. */
export function times(a: usize, b: usize, out: usize, count: i32): void {
  let left = count;
  for (; left >= 4; left -= 4, a += 16, b += 16, out += 16) v128.store(out, f32x4.mul(v128.load(a), v128.load(b)));
  storePart(out, f32x4.mul(loadPart(a, left), loadPart(b, left)), left);
}

/** out = d times the derivative of a ReLU or tanh, which follows from its value. */
export function applySlope(d: usize, values: usize, out: usize, count: i32, activation: Activation): void {
  for (let left = count; left > 0; left -= 4, d += 16, values += 16, out += 16) {
    const y = loadPart(values, left), g = loadPart(d, left);
    const relu = v128.and(g, f32x4.gt(y, splat(0))), tanh = f32x4.mul(g, f32x4.sub(splat(1), f32x4.mul(y, y)));
    storePart(out, activation == Activation.Relu ? relu : tanh, left);
  }
}

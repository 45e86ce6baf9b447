// Activations of whole layers, where they are not part of the product, and their slopes.
import { loadPart, sigmoid, splat, storePart, tanh } from './vector';

export const enum Activation { Linear, Relu, Silu, Tanh }

/**
 * Applies an activation to `count` numbers in place. Where `slopes` is not 0 its derivative is written there; where
 * `skip` is not 0 those numbers are added to the values afterwards.
 */
export function activate(values: usize, count: i32, activation: Activation, slopes: usize, skip: usize): void {
  const end = values + (<usize>count << 2);
  let left = count;
  for (; values < end; values += 16, left -= 4) {
    const x = loadPart(values, left);
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
    if (slopes) { storePart(slopes, slope, left); slopes += 16; }
    if (skip) { value = f32x4.add(value, loadPart(skip, left)); skip += 16; }
    storePart(values, value, left);
  }
}

/** out[i] = a[i] b[i]. */
export function times(a: usize, b: usize, out: usize, count: i32): void {
  const end = a + (<usize>count << 2);
  for (let left = count; a < end; a += 16, b += 16, out += 16, left -= 4)
    storePart(out, f32x4.mul(loadPart(a, left), loadPart(b, left)), left);
}

/** out = d by the slope of a ReLU or tanh, from the values of these. */
export function applySlope(d: usize, values: usize, out: usize, count: i32, activation: Activation): void {
  const end = d + (<usize>count << 2);
  for (let left = count; d < end; d += 16, values += 16, out += 16, left -= 4) {
    const y = loadPart(values, left), g = loadPart(d, left);
    const relu = v128.and(g, f32x4.gt(y, splat(0))), tanh = f32x4.mul(g, f32x4.sub(splat(1), f32x4.mul(y, y)));
    storePart(out, activation == Activation.Relu ? relu : tanh, left);
  }
}

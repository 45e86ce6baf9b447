// The micro-kernel of every product: a tile of 4 rows by 8 columns kept in registers, against a packed panel.
import { multiplyAdd, splat } from './vector';

/** What is done to a tile after the sum. The last three multiply a gradient by an activation's derivative, with `aux`. */
export const enum Finish {
  None,
  Relu,
  /** Zero where aux (the value of a ReLU) is not positive. */
  ReluSlope,
  /** Times 1 - aux^2, aux being the value of a tanh. */
  TanhSlope,
  /** Times aux. */
  Times,
}

@inline function square(y: v128): v128 { return f32x4.sub(splat(1), f32x4.mul(y, y)); }

/**
 * out (4 x 8) = finish(bias + base + A B). A's row r begins at a + r rowStep (rows past `rows` repeat the last one); its
 * numbers are depthStep apart. B is a panel, depth x 8. The rows of base, out and aux are `step` bytes apart. base may be 0.
 */
export function tile(
  a: usize, rows: i32, rowStep: usize, depthStep: usize, panel: usize, depth: i32,
  bias: usize, base: usize, out: usize, step: usize, finish: Finish, aux: usize,
): void {
  let c00 = v128.load(bias), c01 = v128.load(bias, 16);
  let c10 = c00, c11 = c01, c20 = c00, c21 = c01, c30 = c00, c31 = c01;
  if (base) {
    c00 = f32x4.add(c00, v128.load(base)); c01 = f32x4.add(c01, v128.load(base, 16)); base += step;
    c10 = f32x4.add(c10, v128.load(base)); c11 = f32x4.add(c11, v128.load(base, 16)); base += step;
    c20 = f32x4.add(c20, v128.load(base)); c21 = f32x4.add(c21, v128.load(base, 16)); base += step;
    c30 = f32x4.add(c30, v128.load(base)); c31 = f32x4.add(c31, v128.load(base, 16));
  }
  let a0 = a;
  let a1 = rows > 1 ? a0 + rowStep : a0;
  let a2 = rows > 2 ? a1 + rowStep : a1;
  let a3 = rows > 3 ? a2 + rowStep : a2;
  const end = panel + (<usize>depth << 5);
  while (panel < end) {
    const b0 = v128.load(panel), b1 = v128.load(panel, 16);
    let s = v128.load32_splat(a0);
    c00 = multiplyAdd(s, b0, c00); c01 = multiplyAdd(s, b1, c01);
    s = v128.load32_splat(a1);
    c10 = multiplyAdd(s, b0, c10); c11 = multiplyAdd(s, b1, c11);
    s = v128.load32_splat(a2);
    c20 = multiplyAdd(s, b0, c20); c21 = multiplyAdd(s, b1, c21);
    s = v128.load32_splat(a3);
    c30 = multiplyAdd(s, b0, c30); c31 = multiplyAdd(s, b1, c31);
    a0 += depthStep; a1 += depthStep; a2 += depthStep; a3 += depthStep;
    panel += 32;
  }
  if (finish == Finish.Relu) {
    const zero = splat(0);
    c00 = f32x4.max(c00, zero); c01 = f32x4.max(c01, zero); c10 = f32x4.max(c10, zero); c11 = f32x4.max(c11, zero);
    c20 = f32x4.max(c20, zero); c21 = f32x4.max(c21, zero); c30 = f32x4.max(c30, zero); c31 = f32x4.max(c31, zero);
  } else if (finish == Finish.ReluSlope) {
    const zero = splat(0);
    c00 = v128.and(c00, f32x4.gt(v128.load(aux), zero)); c01 = v128.and(c01, f32x4.gt(v128.load(aux, 16), zero)); aux += step;
    c10 = v128.and(c10, f32x4.gt(v128.load(aux), zero)); c11 = v128.and(c11, f32x4.gt(v128.load(aux, 16), zero)); aux += step;
    c20 = v128.and(c20, f32x4.gt(v128.load(aux), zero)); c21 = v128.and(c21, f32x4.gt(v128.load(aux, 16), zero)); aux += step;
    c30 = v128.and(c30, f32x4.gt(v128.load(aux), zero)); c31 = v128.and(c31, f32x4.gt(v128.load(aux, 16), zero));
  } else if (finish == Finish.TanhSlope) {
    c00 = f32x4.mul(c00, square(v128.load(aux))); c01 = f32x4.mul(c01, square(v128.load(aux, 16))); aux += step;
    c10 = f32x4.mul(c10, square(v128.load(aux))); c11 = f32x4.mul(c11, square(v128.load(aux, 16))); aux += step;
    c20 = f32x4.mul(c20, square(v128.load(aux))); c21 = f32x4.mul(c21, square(v128.load(aux, 16))); aux += step;
    c30 = f32x4.mul(c30, square(v128.load(aux))); c31 = f32x4.mul(c31, square(v128.load(aux, 16)));
  } else if (finish == Finish.Times) {
    c00 = f32x4.mul(c00, v128.load(aux)); c01 = f32x4.mul(c01, v128.load(aux, 16)); aux += step;
    c10 = f32x4.mul(c10, v128.load(aux)); c11 = f32x4.mul(c11, v128.load(aux, 16)); aux += step;
    c20 = f32x4.mul(c20, v128.load(aux)); c21 = f32x4.mul(c21, v128.load(aux, 16)); aux += step;
    c30 = f32x4.mul(c30, v128.load(aux)); c31 = f32x4.mul(c31, v128.load(aux, 16));
  }
  v128.store(out, c00); v128.store(out, c01, 16); out += step;
  v128.store(out, c10); v128.store(out, c11, 16); out += step;
  v128.store(out, c20); v128.store(out, c21, 16); out += step;
  v128.store(out, c30); v128.store(out, c31, 16);
}

// One pass over a contiguous vector of parameters.
import { loadPart, splat, storePart } from './vector';

@inline function squares(x: v128): v128 { return f64x2.mul(x, x); }
@inline function highHalf(x: v128): v128 { return v128.shuffle<i64>(x, x, 1, 1); }

/** The sum of squares, in double precision. */
export function sumSquares(at: usize, count: i32): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
  let left = count;
  for (; left >= 4; left -= 4, at += 16) {
    const x = v128.load(at);
    s0 = f64x2.add(s0, squares(f64x2.promote_low_f32x4(x)));
    s1 = f64x2.add(s1, squares(f64x2.promote_low_f32x4(highHalf(x))));
  }
  const x = loadPart(at, left);
  s0 = f64x2.add(s0, squares(f64x2.promote_low_f32x4(x)));
  s1 = f64x2.add(s1, squares(f64x2.promote_low_f32x4(highHalf(x))));
  const s = f64x2.add(s0, s1);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/** Makes tiny numbers zero: a moment that decays would otherwise become denormal, which is very slow. */
@inline function flush(x: v128): v128 { return v128.and(x, f32x4.gt(f32x4.abs(x), splat(1e-30))); }

@inline function adamFour(
  p: usize, g: usize, m: usize, v: usize, previous: usize, count: i32,
  D1: v128, B1: v128, D2: v128, B2: v128, C1: v128, C2: v128, E: v128, K: v128,
): void {
  const gradient = loadPart(g, count), old = loadPart(p, count);
  const first = flush(f32x4.add(f32x4.mul(B1, loadPart(m, count)), f32x4.mul(D1, gradient)));
  const second = flush(f32x4.add(f32x4.mul(B2, loadPart(v, count)), f32x4.mul(D2, f32x4.mul(gradient, gradient))));
  storePart(m, first, count);
  storePart(v, second, count);
  storePart(previous, old, count);
  const step = f32x4.div(f32x4.mul(C1, first), f32x4.add(f32x4.sqrt(f32x4.mul(C2, second)), E));
  storePart(p, f32x4.sub(f32x4.mul(K, old), step), count);
}

/**
 * A step of Adam (Kingma and Ba, arXiv 1412.6980), or with keep < 1 of AdamW (Loshchilov and Hutter, arXiv 1711.05101):
 * with g = clip gradient, m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
 * p = keep p - c1 m / (sqrt(c2 v) + epsilon). c1 is the rate over 1 - beta1^t, c2 is 1 / (1 - beta2^t). The
 * parameters before the step are left in `previous`.
 */
export function adam(
  p: usize, g: usize, m: usize, v: usize, previous: usize, count: i32,
  clip: f64, beta1: f64, beta2: f64, c1: f64, c2: f64, epsilon: f64, keep: f64,
): void {
  const D1 = splat(<f32>(clip * (1 - beta1))), B1 = splat(<f32>beta1), D2 = splat(<f32>(clip * clip * (1 - beta2))), B2 = splat(<f32>beta2);
  const C1 = splat(<f32>c1), C2 = splat(<f32>c2), E = splat(<f32>epsilon), K = splat(<f32>keep);
  let o: usize = 0, left = count;
  for (; left >= 4; left -= 4, o += 16) adamFour(p + o, g + o, m + o, v + o, previous + o, 4, D1, B1, D2, B2, C1, C2, E, K);
  adamFour(p + o, g + o, m + o, v + o, previous + o, left, D1, B1, D2, B2, C1, C2, E, K);
}

/** mean = decay mean + (1 - decay) p. */
export function average(mean: usize, p: usize, count: i32, decay: f64): void {
  const D = splat(<f32>decay), R = splat(<f32>(1 - decay));
  let left = count;
  for (; left >= 4; left -= 4, p += 16, mean += 16) averageFour(mean, p, 4, D, R);
  averageFour(mean, p, left, D, R);
}

@inline function averageFour(mean: usize, p: usize, count: i32, D: v128, R: v128): void {
  storePart(mean, f32x4.add(f32x4.mul(D, loadPart(mean, count)), f32x4.mul(R, loadPart(p, count))), count);
}

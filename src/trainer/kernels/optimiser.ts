// One pass over a contiguous vector of parameters.
import { loadPart, splat, storePart } from './vector';

@inline function square(x: v128): v128 { return f64x2.mul(x, x); }
@inline function highHalf(x: v128): v128 { return v128.shuffle<i64>(x, x, 1, 1); }

/** The sum of squares, in double precision. */
export function sumSquares(at: usize, count: i32): f64 {
  let s0 = f64x2.splat(0), s1 = f64x2.splat(0);
  const end = at + (<usize>count << 2);
  for (let left = count; at < end; at += 16, left -= 4) {
    const x = loadPart(at, left);
    s0 = f64x2.add(s0, square(f64x2.promote_low_f32x4(x)));
    s1 = f64x2.add(s1, square(f64x2.promote_low_f32x4(highHalf(x))));
  }
  const s = f64x2.add(s0, s1);
  return f64x2.extract_lane(s, 0) + f64x2.extract_lane(s, 1);
}

/**
 * A step of Adam (Kingma and Ba, arXiv 1412.6980), or with keep < 1 of AdamW (Loshchilov and Hutter, arXiv 1711.05101):
 * with g = gradient clip, m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2,
 * p = keep p - c1 m / (sqrt(c2 v) + epsilon). c1 is the rate over 1 - beta1^t, c2 is 1 / (1 - beta2^t). The
 * parameters before the step are left in `previous`.
 */
export function adam(
  p: usize, g: usize, m: usize, v: usize, previous: usize, count: i32,
  clip: f64, beta1: f64, beta2: f64, c1: f64, c2: f64, epsilon: f64, keep: f64,
): void {
  const K = splat(<f32>clip), B1 = splat(<f32>beta1), B2 = splat(<f32>beta2), D1 = splat(<f32>(1 - beta1)), D2 = splat(<f32>(1 - beta2));
  const C1 = splat(<f32>c1), C2 = splat(<f32>c2), E = splat(<f32>epsilon), W = splat(<f32>keep);
  const end = p + (<usize>count << 2);
  for (let left = count; p < end; left -= 4) {
    const gradient = f32x4.mul(loadPart(g, left), K), old = loadPart(p, left);
    const first = f32x4.add(f32x4.mul(B1, loadPart(m, left)), f32x4.mul(D1, gradient));
    const second = f32x4.add(f32x4.mul(B2, loadPart(v, left)), f32x4.mul(D2, f32x4.mul(gradient, gradient)));
    const step = f32x4.div(f32x4.mul(C1, first), f32x4.add(f32x4.sqrt(f32x4.mul(C2, second)), E));
    storePart(m, first, left);
    storePart(v, second, left);
    storePart(previous, old, left);
    storePart(p, f32x4.sub(f32x4.mul(W, old), step), left);
    p += 16; g += 16; m += 16; v += 16; previous += 16;
  }
}

/** average = decay average + (1 - decay) p. */
export function average(mean: usize, p: usize, count: i32, decay: f64): void {
  const D = splat(<f32>decay), R = splat(<f32>(1 - decay));
  const end = p + (<usize>count << 2);
  for (let left = count; p < end; p += 16, mean += 16, left -= 4)
    storePart(mean, f32x4.add(f32x4.mul(D, loadPart(mean, left)), f32x4.mul(R, loadPart(p, left))), left);
}

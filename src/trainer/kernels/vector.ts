// Four single-precision numbers at a time. Errors are bounds over all inputs, in units in the last place (ulp);
// NaN goes through. The polynomials are those of Moshier's Cephes library (single precision).

/** a b + c, rounded once or twice in the relaxed variant, else twice. */
@inline export function multiplyAdd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return v128.relaxed_madd<f32>(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}

@inline export function splat(value: f32): v128 { return f32x4.splat(value); }

/** e^x within 2 ulp for x from -87.3 to 88.3, and its value at those ends beyond them. */
@inline export function exp(value: v128): v128 {
  let x = f32x4.max(f32x4.min(value, splat(88.3)), splat(-87.3));
  const n = f32x4.nearest(f32x4.mul(x, splat(1.44269504088896341)));
  // ln 2 in two parts: the first has few bits, so that n times it is exact
  x = f32x4.sub(x, f32x4.mul(n, splat(0.693359375)));
  x = f32x4.sub(x, f32x4.mul(n, splat(-2.12194440e-4)));
  let y = multiplyAdd(splat(1.9875691500e-4), x, splat(1.3981999507e-3));
  y = multiplyAdd(y, x, splat(8.3334519073e-3));
  y = multiplyAdd(y, x, splat(4.1665795894e-2));
  y = multiplyAdd(y, x, splat(1.6666665459e-1));
  y = multiplyAdd(y, x, splat(5.0000001201e-1));
  y = f32x4.add(f32x4.add(f32x4.mul(y, f32x4.mul(x, x)), x), splat(1));
  return f32x4.mul(y, i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23));
}

/** 1 / (1 + e^-x) within 4 ulp for x > -87. */
@inline export function sigmoid(x: v128): v128 {
  return f32x4.div(splat(1), f32x4.add(splat(1), exp(f32x4.neg(x))));
}

/** tanh x within 4 ulp. */
@inline export function tanh(x: v128): v128 {
  const size = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let y = multiplyAdd(splat(-5.70498872745e-3), z, splat(2.06390887954e-2));
  y = multiplyAdd(y, z, splat(-5.37397155531e-2));
  y = multiplyAdd(y, z, splat(1.33314422036e-1));
  y = multiplyAdd(y, z, splat(-3.33332819422e-1));
  const near = f32x4.add(f32x4.mul(f32x4.mul(y, z), x), x);
  const far = f32x4.sub(splat(1), f32x4.div(splat(2), f32x4.add(exp(f32x4.add(size, size)), splat(1))));
  const sign = v128.and(x, i32x4.splat(0x80000000));
  return v128.bitselect(near, v128.or(far, sign), f32x4.lt(size, splat(0.625)));
}

/** ln x within 2 ulp for normal x > 0. */
@inline export function log(x: v128): v128 {
  let n = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(x, 23), i32x4.splat(126)));
  let m = v128.or(v128.and(x, i32x4.splat(0x7fffff)), i32x4.splat(0x3f000000));
  const low = f32x4.lt(m, splat(0.707106781186547524));
  n = f32x4.sub(n, v128.and(low, splat(1)));
  m = f32x4.sub(f32x4.add(m, v128.and(low, m)), splat(1));
  const z = f32x4.mul(m, m);
  let y = multiplyAdd(splat(7.0376836292e-2), m, splat(-1.1514610310e-1));
  y = multiplyAdd(y, m, splat(1.1676998740e-1));
  y = multiplyAdd(y, m, splat(-1.2420140846e-1));
  y = multiplyAdd(y, m, splat(1.4249322787e-1));
  y = multiplyAdd(y, m, splat(-1.6668057665e-1));
  y = multiplyAdd(y, m, splat(2.0000714765e-1));
  y = multiplyAdd(y, m, splat(-2.4999993993e-1));
  y = multiplyAdd(y, m, splat(3.3333331174e-1));
  y = f32x4.mul(f32x4.mul(y, m), z);
  y = f32x4.sub(multiplyAdd(n, splat(-2.12194440e-4), y), f32x4.mul(z, splat(0.5)));
  return f32x4.add(f32x4.add(m, y), f32x4.mul(n, splat(0.693359375)));
}

/** sin and cos of `turn` whole turns, |turn| <= 1/2: within 1e-7; `quarter` = 0 asks for the sine, 1 for the cosine. */
@inline export function sinusoid(turn: v128, quarter: i32): v128 {
  const n = f32x4.nearest(f32x4.mul(turn, splat(4)));
  const x = f32x4.mul(f32x4.sub(f32x4.mul(turn, splat(4)), n), splat(1.57079632679489662));
  const z = f32x4.mul(x, x);
  let sine = multiplyAdd(splat(-1.9515295891e-4), z, splat(8.3321608736e-3));
  sine = multiplyAdd(sine, z, splat(-1.6666654611e-1));
  sine = f32x4.add(f32x4.mul(f32x4.mul(sine, z), x), x);
  let cosine = multiplyAdd(splat(2.443315711809948e-5), z, splat(-1.388731625493765e-3));
  cosine = multiplyAdd(cosine, z, splat(4.166664568298827e-2));
  cosine = f32x4.add(f32x4.sub(f32x4.mul(f32x4.mul(cosine, z), z), f32x4.mul(z, splat(0.5))), splat(1));
  const q = i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(quarter));
  const odd = i32x4.neg(v128.and(q, i32x4.splat(1)));
  const sign = i32x4.shl(v128.and(q, i32x4.splat(2)), 30);
  return v128.xor(v128.bitselect(cosine, sine, odd), sign);
}

/** The first `count` lanes of what lies at `at`, then zeros. Reads no byte beyond. */
@inline export function loadPart(at: usize, count: i32): v128 {
  if (count > 3) return v128.load(at);
  let value = splat(0);
  if (count > 0) value = f32x4.replace_lane(value, 0, load<f32>(at));
  if (count > 1) value = f32x4.replace_lane(value, 1, load<f32>(at, 4));
  if (count > 2) value = f32x4.replace_lane(value, 2, load<f32>(at, 8));
  return value;
}

/** Writes the first `count` lanes, no byte beyond. */
@inline export function storePart(at: usize, value: v128, count: i32): void {
  if (count > 3) return v128.store(at, value);
  if (count > 0) store<f32>(at, f32x4.extract_lane(value, 0));
  if (count > 1) store<f32>(at, f32x4.extract_lane(value, 1), 4);
  if (count > 2) store<f32>(at, f32x4.extract_lane(value, 2), 8);
}

/** The sum of the lanes. */
@inline export function total(value: v128): f32 {
  return f32x4.extract_lane(value, 0) + f32x4.extract_lane(value, 1)
    + (f32x4.extract_lane(value, 2) + f32x4.extract_lane(value, 3));
}

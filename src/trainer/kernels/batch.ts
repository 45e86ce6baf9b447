// The parts of a batch: noise, the marginal of z_t, time features, and rows of the data.
import { exp, loadPart, log, sigmoid, sinusoid, splat, storePart } from './vector';

@inline function rotate(x: v128, bits: i32): v128 { return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits)); }

/**
 * N(0, 1), by Box and Muller (1958), from four lanes of xoshiro128++ (Blackman and Vigna, arXiv 1805.01407) side by
 * side. `state` is 16 words: for each of the generator's four words its four lanes. It moves on.
 */
export function normals(out: usize, count: i32, state: usize): void {
  let s0 = v128.load(state), s1 = v128.load(state, 16), s2 = v128.load(state, 32), s3 = v128.load(state, 48);
  let radius = splat(0);
  const half = splat(0.5), unit = splat(2.3283064365386963e-10);
  for (let left = count; left > 0; left -= 8) {
    let turn = radius;
    for (let k = 0; k < 2; k++) {
      const word = i32x4.add(rotate(i32x4.add(s0, s3), 7), s0);
      const shifted = i32x4.shl(s1, 9);
      s2 = v128.xor(s2, s0); s3 = v128.xor(s3, s1); s1 = v128.xor(s1, s2); s0 = v128.xor(s0, s3);
      s2 = v128.xor(s2, shifted); s3 = rotate(s3, 11);
      if (k) turn = f32x4.mul(f32x4.convert_i32x4_s(word), unit);
      else {
        const uniform = f32x4.mul(f32x4.add(f32x4.convert_i32x4_u(word), half), unit);
        // rounding may make the logarithm of 1 slightly positive
        radius = f32x4.sqrt(f32x4.max(f32x4.mul(splat(-2), log(uniform)), splat(0)));
      }
    }
    storePart(out, f32x4.mul(radius, sinusoid(turn, 1)), left);
    if (left > 4) storePart(out + 16, f32x4.mul(radius, sinusoid(turn, 0)), left - 4);
    out += 32;
  }
  v128.store(state, s0); v128.store(state, s1, 16); v128.store(state, s2, 32); v128.store(state, s3, 48);
}

/**
 * The marginals of z_t (eqs. 2, 3) at log-SNRs (single precision): signal sqrt(sigmoid(g)), noise sqrt(sigmoid(-g)),
 * and half the capped weight min(g' e^g, cap) for the rates g'.
 */
export function marginals(logSnr: usize, rate: usize, count: i32, cap: f64, signal: usize, noise: usize, weight: usize): void {
  const top = splat(<f32>cap), half = splat(0.5);
  for (let left = count; left > 0; left -= 4) {
    const g = loadPart(logSnr, left);
    storePart(signal, f32x4.sqrt(sigmoid(g)), left);
    storePart(noise, f32x4.sqrt(sigmoid(f32x4.neg(g))), left);
    storePart(weight, f32x4.mul(half, f32x4.min(f32x4.mul(loadPart(rate, left), exp(g)), top)), left);
    logSnr += 16; rate += 16; signal += 16; noise += 16; weight += 16;
  }
}

/** Rows of out, outStep floats apart: signal_i a_i + noise_i b_i for a and b (rows x columns). */
export function mix(
  signal: usize, a: usize, noise: usize, b: usize, rows: i32, columns: i32, out: usize, outStep: i32,
): void {
  const gap = (<usize>outStep << 2) - (<usize>columns << 2);
  for (let i = 0; i < rows; i++) {
    const o = <usize>i << 2;
    const s = v128.load32_splat(signal + o), r = v128.load32_splat(noise + o);
    for (let left = columns; left > 0; left -= 4) {
      storePart(out, f32x4.add(f32x4.mul(s, loadPart(a, left)), f32x4.mul(r, loadPart(b, left))), left);
      const step = <usize>min(4, left) << 2;
      a += step; b += step; out += step;
    }
    out += gap;
  }
}

/** Rows of out, outStep floats apart: the rows of source (n x columns) that ids (int32) names. */
export function gather(source: usize, ids: usize, rows: i32, columns: i32, out: usize, outStep: i32): void {
  for (let i = 0; i < rows; i++) {
    let from = source + (<usize>(load<i32>(ids) * columns) << 2), to = out, left = columns;
    for (; left >= 4; left -= 4, from += 16, to += 16) v128.store(to, v128.load(from));
    storePart(to, loadPart(from, left), left);
    ids += 4;
    out += <usize>outStep << 2;
  }
}

/**
 * Rows of out, outStep floats apart: sines, then cosines, of times (double) by frequencies (double, in turns per unit of
 * time). There are as many frequencies as sines, and memory after them up to a multiple of four.
 */
export function timeFeatures(
  times: usize, rows: i32, frequencies: usize, sines: i32, cosines: i32, out: usize, outStep: i32,
): void {
  for (let i = 0; i < rows; i++) {
    const t = v128.load64_splat(times + (<usize>i << 3));
    for (let k = 0; k < sines; k += 4) {
      const f = frequencies + (<usize>k << 3), at = out + (<usize>k << 2);
      const low = fraction(f64x2.mul(t, v128.load(f))), high = fraction(f64x2.mul(t, v128.load(f, 16)));
      const turn = v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
      storePart(at, sinusoid(turn, 0), sines - k);
      storePart(at + (<usize>sines << 2), sinusoid(turn, 1), cosines - k);
    }
    out += <usize>outStep << 2;
  }
}

@inline function fraction(turns: v128): v128 { return f64x2.sub(turns, f64x2.nearest(turns)); }

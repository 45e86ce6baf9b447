// Products of row-major matrices, and the packing of their operands. Every function gets the address of its scratch.
import { Finish, tile } from './tile';
import { loadPart, splat, storePart } from './vector';

// The start of the scratch: a bias, and tiles in place of those that reach over an edge.
const BIAS: usize = 0, OUT: usize = 32, BASE: usize = 160, AUX: usize = 288, PACK: usize = 512;

/** Bytes of scratch that the products of (rows x inputs) by (inputs x outputs) and their gradients need. */
export function productScratch(rows: i32, inputs: i32, outputs: i32): usize {
  const depth = max(rows, max(inputs, outputs));
  const groups = (max(inputs, outputs) + 3) >> 2;
  return PACK + (<usize>depth << 5) + (<usize>groups * rows << 4);
}

/** C (m x n) = finish(A (m x k) B (k x n) + bias + base); aux is m x n, bias n; bias and base may be 0. */
export function product(
  a: usize, m: i32, k: i32, b: usize, n: i32, c: usize,
  bias: usize, base: usize, finish: Finish, aux: usize, scratch: usize,
): void {
  const lineA = <usize>k << 2, line = <usize>n << 2;
  for (let j = 0; j < n; j += 8) {
    const columns = min(8, n - j), at = <usize>j << 2;
    packColumns(b + at, line, k, columns, scratch + PACK, 0);
    packBias(bias ? bias + at : 0, columns, scratch + BIAS);
    for (let i = 0; i < m; i += 4) {
      const o = at + <usize>i * line;
      put(a + <usize>i * lineA, min(4, m - i), lineA, 4, scratch + PACK, k, base ? base + o : 0, c + o, line, finish, aux + o, columns, scratch);
    }
  }
}

/** X (m x k) = finish(D (m x n) W^T + base) for the first k rows of W (n columns); base and aux are m x k. */
export function productTransposed(
  d: usize, m: i32, n: i32, w: usize, k: i32, x: usize,
  base: usize, finish: Finish, aux: usize, scratch: usize,
): void {
  const lineD = <usize>n << 2, line = <usize>k << 2;
  packBias(0, 8, scratch + BIAS);
  for (let j = 0; j < k; j += 8) {
    const columns = min(8, k - j), at = <usize>j << 2;
    packRows(w + <usize>j * lineD, lineD, n, columns, scratch + PACK);
    for (let i = 0; i < m; i += 4) {
      const o = at + <usize>i * line;
      put(d + <usize>i * lineD, min(4, m - i), lineD, 4, scratch + PACK, n, base ? base + o : 0, x + o, line, finish, aux + o, columns, scratch);
    }
  }
}

/** W (k x n) = A^T D for A (m x k) and D (m x n). The sums of D's columns go to `sums` (n), if that is not 0. */
export function transposedProduct(a: usize, m: i32, k: i32, d: usize, n: i32, w: usize, sums: usize, scratch: usize): void {
  const line = <usize>n << 2, group = <usize>m << 4;
  const panel = scratch + PACK, packed = panel + (<usize>m << 5);
  packBias(0, 8, scratch + BIAS);
  packGroups(a, m, k, packed);
  for (let j = 0; j < n; j += 8) {
    const columns = min(8, n - j), at = <usize>j << 2;
    packColumns(d + at, line, m, columns, panel, sums ? sums + at : 0);
    let from = packed;
    for (let i = 0; i < k; i += 4) {
      put(from, min(4, k - i), 4, 16, panel, m, 0, w + at + <usize>i * line, line, Finish.None, 0, columns, scratch);
      from += group;
    }
  }
}

/** A tile. It goes through the scratch where it reaches over an edge. */
@inline function put(
  a: usize, rows: i32, rowStep: usize, depthStep: usize, panel: usize, depth: i32,
  base: usize, out: usize, step: usize, finish: Finish, aux: usize, columns: i32, scratch: usize,
): void {
  if (rows == 4 && columns == 8) tile(a, 4, rowStep, depthStep, panel, depth, scratch + BIAS, base, out, step, finish, aux);
  else putEdge(a, rows, rowStep, depthStep, panel, depth, base, out, step, finish, aux, columns, scratch);
}

function putEdge(
  a: usize, rows: i32, rowStep: usize, depthStep: usize, panel: usize, depth: i32,
  base: usize, out: usize, step: usize, finish: Finish, aux: usize, columns: i32, scratch: usize,
): void {
  if (base) copyTile(base, step, scratch + BASE, 32, rows, columns);
  if (finish >= Finish.ReluSlope) copyTile(aux, step, scratch + AUX, 32, rows, columns);
  tile(a, rows, rowStep, depthStep, panel, depth, scratch + BIAS, base ? scratch + BASE : 0, scratch + OUT, 32, finish, scratch + AUX);
  copyTile(scratch + OUT, 32, out, step, rows, columns);
}

function copyTile(from: usize, fromStep: usize, to: usize, toStep: usize, rows: i32, columns: i32): void {
  for (let r = 0; r < rows; r++) {
    storePart(to, loadPart(from, columns), columns);
    if (columns > 4) storePart(to + 16, loadPart(from + 16, columns - 4), columns - 4);
    from += fromStep;
    to += toStep;
  }
}

function packBias(bias: usize, columns: i32, to: usize): void {
  v128.store(to, bias ? loadPart(bias, columns) : splat(0));
  v128.store(to, bias && columns > 4 ? loadPart(bias + 16, columns - 4) : splat(0), 16);
}

/** The panel of `columns` columns: to[i][0..8) = from[i][0..columns), then zeros. Their sums go to `sums`, if not 0. */
function packColumns(from: usize, step: usize, depth: i32, columns: i32, to: usize, sums: usize): void {
  let s0 = splat(0), s1 = splat(0);
  const end = to + (<usize>depth << 5);
  if (columns == 8) {
    while (to < end) {
      const v0 = v128.load(from), v1 = v128.load(from, 16);
      v128.store(to, v0); v128.store(to, v1, 16);
      s0 = f32x4.add(s0, v0); s1 = f32x4.add(s1, v1);
      from += step; to += 32;
    }
  } else {
    const high = columns - 4;
    while (to < end) {
      const v0 = loadPart(from, columns), v1 = high > 0 ? loadPart(from + 16, high) : splat(0);
      v128.store(to, v0); v128.store(to, v1, 16);
      s0 = f32x4.add(s0, v0); s1 = f32x4.add(s1, v1);
      from += step; to += 32;
    }
  }
  if (!sums) return;
  storePart(sums, s0, columns);
  if (columns > 4) storePart(sums + 16, s1, columns - 4);
}

/** The panel of `rows` rows: to[i][r] = from[r][i] for i < depth, zeros for r >= rows. */
function packRows(from: usize, step: usize, depth: i32, rows: i32, to: usize): void {
  packFour(from, step, depth, rows, to, 32);
  packFour(from + 4 * step, step, depth, rows - 4, to + 16, 32);
}

/** Four columns of such a panel. Its own rows are toStep apart. */
function packFour(from: usize, step: usize, depth: i32, rows: i32, to: usize, toStep: usize): void {
  let i = 0;
  const f1 = from + step, f2 = f1 + step, f3 = f2 + step;
  if (rows >= 4) for (; i + 4 <= depth; i += 4) {
    const o = <usize>i << 2;
    const r0 = v128.load(from + o), r1 = v128.load(f1 + o), r2 = v128.load(f2 + o), r3 = v128.load(f3 + o);
    const l01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5), h01 = v128.shuffle<i32>(r0, r1, 2, 6, 3, 7);
    const l23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5), h23 = v128.shuffle<i32>(r2, r3, 2, 6, 3, 7);
    v128.store(to, v128.shuffle<i64>(l01, l23, 0, 2)); to += toStep;
    v128.store(to, v128.shuffle<i64>(l01, l23, 1, 3)); to += toStep;
    v128.store(to, v128.shuffle<i64>(h01, h23, 0, 2)); to += toStep;
    v128.store(to, v128.shuffle<i64>(h01, h23, 1, 3)); to += toStep;
  }
  for (; i < depth; i++) {
    const o = <usize>i << 2;
    let value = splat(0);
    if (rows > 0) value = f32x4.replace_lane(value, 0, load<f32>(from + o));
    if (rows > 1) value = f32x4.replace_lane(value, 1, load<f32>(f1 + o));
    if (rows > 2) value = f32x4.replace_lane(value, 2, load<f32>(f2 + o));
    if (rows > 3) value = f32x4.replace_lane(value, 3, load<f32>(f3 + o));
    v128.store(to, value);
    to += toStep;
  }
}

/** A (m x k) in groups of four columns, each m x 4. The last group is filled with zeros. */
function packGroups(a: usize, m: i32, k: i32, to: usize): void {
  const line = <usize>k << 2;
  for (let i = 0; i < k; i += 4) {
    const columns = min(4, k - i);
    let from = a + (<usize>i << 2);
    for (let r = 0; r < m; r++) {
      v128.store(to, loadPart(from, columns));
      from += line; to += 16;
    }
  }
}

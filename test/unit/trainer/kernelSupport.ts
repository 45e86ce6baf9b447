import assert from 'node:assert/strict';
import { Random } from '../../../src/core/math/random';
import { kernels } from '../../../src/trainer/engine/backend';
import { floats, floatsOf, type HeapArray } from '../../../src/trainer/engine/heap';
import type { Kernels } from '../../../src/trainer/engine/kernels';
import { stockKernels } from '../../../src/trainer/engine/stock';

export const SIZES = [1, 3, 7, 65];
const blocks: HeapArray[] = [];

/** Lets go of the blocks that were made. */
export const release = (): void => blocks.splice(0).forEach((one) => one.dispose());

/** A block that is let go of after the test. */
export function block(values: number | ArrayLike<number>): HeapArray {
  const made = typeof values === 'number' ? floats(values) : floatsOf(values);
  blocks.push(made);
  return made;
}
export const random = (n: number, seed: number) => Random.stream(seed, 'data').normals(new Float32Array(n));

/** Equal to `bound` of the largest number. */
export function close(one: ArrayLike<number>, other: ArrayLike<number>, bound: number, what: string): void {
  assert.equal(one.length, other.length);
  const scale = Array.from(other).reduce((top, value) => Math.max(top, Math.abs(value)), 1e-30);
  for (let i = 0; i < one.length; i++)
    assert.ok(Math.abs(one[i]! - other[i]!) <= bound * scale, `${what}, ${i}: ${one[i]} against ${other[i]}`);
}

/** What both kinds of kernels leave in the same places after the same work. */
export function compare(
  what: string,
  outs: readonly HeapArray[],
  work: (kernels: Kernels) => unknown,
  bound = 1e-5,
): void {
  const answers = [kernels(), stockKernels].map((one) => {
    const before = outs.map(({ values }) => values.slice());
    const value = work(one);
    const after = outs.map(({ values }) => values.slice());
    outs.forEach((out, i) => out.values.set(before[i]!));
    return [...after, typeof value === 'number' ? [value] : []];
  });
  answers[0]!.forEach((values, i) => close(values, answers[1]![i]!, bound, `${what}, answer ${i}`));
}

/** Units in the last place between a single-precision number and the truth. */
export const ulps = (found: number, truth: number) =>
  Math.abs(found - truth) / 2 ** (Math.floor(Math.log2(Math.abs(truth))) - 23);

import { Random } from '../core/random';

/** What random numbers are for; each purpose has a sequence of its own, so that one cannot shift another. */
export const STREAMS = { weights: 1, batches: 2, start: 3 } as const;

/** The generator of a purpose and, where given, of one row: equal seeds give equal numbers whatever else is drawn. */
export function stream(seed: number, purpose: keyof typeof STREAMS, row = 0): Random {
  let word = seed | 0;
  for (const part of [STREAMS[purpose], row]) {
    word = Math.imul(word ^ (word >>> 16), 0x85ebca6b) + part;
    word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35) + 0x9e3779b9;
    word ^= word >>> 16;
  }
  return new Random(word | 0);
}

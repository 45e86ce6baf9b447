import { Random } from '../random';
import type { Dataset } from './dataset';

/** Indices of rows, ascending; every row is in one of the two. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Strata of a numeric target: as many parts of equal size, by rank. */
const STRATA = 10;

/** The rows of each class or, where there are targets, of each tenth of the first one's values. */
function strata({ labels, classes, targets }: Dataset): number[][] {
  if (!targets) {
    const members = classes.map((): number[] => []);
    labels.forEach((label, i) => members[label]!.push(i));
    return members;
  }
  const [n, k] = [labels.length, targets.names.length];
  const ranked = Array.from(labels.keys()).sort((a, b) => targets.values[a * k]! - targets.values[b * k]!);
  const parts = Math.min(STRATA, Math.max(1, Math.floor(n / 2)));
  return Array.from({ length: parts }, (_, p) =>
    ranked.slice(Math.floor((p * n) / parts), Math.floor(((p + 1) * n) / parts)),
  );
}

/**
 * Splits by class, or by tenths of a numeric target: `testShare` (between 0 and 1) of each, rounded, is for testing, but
 * of two rows or more at least one on either side. The same seed gives the same split.
 */
export function splitDataset(dataset: Dataset, testShare: number, seed: number): Split {
  const { labels } = dataset;
  const random = Random.stream(seed, 'split');
  const test = strata(dataset).flatMap((rows) => {
    const wanted = Math.round(testShare * rows.length);
    const taken = Math.min(Math.max(wanted, 1), rows.length - 1);
    return Array.from(random.permutation(rows.length).subarray(0, taken), (i) => rows[i]!);
  });
  const chosen = new Set(test);
  return {
    train: Int32Array.from(labels.keys()).filter((i) => !chosen.has(i)),
    test: Int32Array.from(test).sort(),
  };
}

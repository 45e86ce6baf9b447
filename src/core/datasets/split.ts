import { Random } from '../math/random';
import type { Dataset } from './dataset';

/** Indices of rows, ascending; every row is in one of the parts. */
export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
  /** Rows set aside from the train rows, where a share of them is. */
  readonly validation?: Int32Array;
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

/** A share of each stratum, rounded, but of two rows or more at least one in it and one left; ascending. */
function draw(groups: readonly number[][], share: number, random: Random): Int32Array {
  const drawn = groups.flatMap((rows) => {
    const wanted = Math.round(share * rows.length);
    const taken = Math.max(0, Math.min(Math.max(wanted, 1), rows.length - 1));
    return Array.from(random.permutation(rows.length).subarray(0, taken), (i) => rows[i]!);
  });
  return Int32Array.from(drawn).sort();
}

/**
 * Splits by class, or by tenths of a numeric target. Of each, `testShare` (between 0 and 1), rounded, is for testing;
 * of two rows or more, at least one goes to either side. Of the rest, `validationShare` is set aside in the same way;
 * the test rows do not depend on it. The same seed gives the same split.
 */
export function splitDataset(dataset: Dataset, testShare: number, seed: number, validationShare = 0): Split {
  const groups = strata(dataset);
  const test = draw(groups, testShare, Random.stream(seed, 'split'));
  const taken = new Set(test);
  const rest = groups.map((rows) => rows.filter((i) => !taken.has(i)));
  const validation = validationShare ? draw(rest, validationShare, Random.stream(seed, 'split', 1)) : undefined;
  validation?.forEach((i) => taken.add(i));
  const train = Int32Array.from(dataset.labels.keys()).filter((i) => !taken.has(i));
  return { train, test, ...(validation && { validation }) };
}

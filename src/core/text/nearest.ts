/** Longer names are nobody's misspelling. */
const LONGEST = 40;

/** More names than these, as near as each other, say nothing. */
const MOST = 3;

/** A name without what people write differently: capitals, hyphens, underscores. */
const plain = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** The first letters of the words of a name: lr of learningRate. */
const initials = (name: string) => (/[A-Z]/.test(name) ? plain(name.replace(/(?<=.)[^A-Z]/g, '')) : '');

/**
 * The known names that a misspelt one most likely stands for: those with the fewest characters changed where these are
 * few; else those with the same beginning or these initials. None where no name is near.
 */
export function nearestNames(name: string, known: readonly string[]): readonly string[] {
  const wanted = plain(name);
  if (wanted.length < 2 || name.length > LONGEST) return [];
  const least = (rows: readonly { readonly one: string; readonly score: number }[]) => {
    const score = Math.min(...rows.map((row) => row.score));
    return rows.filter((row) => row.score === score).map(({ one }) => one);
  };
  const rows = known.map((one) => ({ one, to: plain(one) })).filter(({ to }) => to.length > 1);
  const spelt = rows.flatMap(({ one, to }) => {
    const score = distance(wanted, to);
    return score <= Math.max(1, 0.4 * Math.min(to.length, wanted.length)) ? [{ one, score }] : [];
  });
  const begun = rows.flatMap(({ one, to }) => {
    const shared = initials(one) === wanted ? wanted.length : beginning(wanted, to);
    return shared === wanted.length || (shared >= 3 && 2 * shared >= to.length) ? [{ one, score: -shared }] : [];
  });
  const found = least(spelt.length ? spelt : begun);
  return found.length > MOST ? [] : found;
}

/** How many characters two texts have in common at their beginning. */
function beginning(one: string, other: string): number {
  let n = 0;
  while (n < one.length && one[n] === other[n]) n++;
  return n;
}

/** How many characters must be put in, left out, replaced or swapped with their neighbour (Damerau and Levenshtein). */
function distance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const changed = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      row.push(swapped ? Math.min(changed, beforeLast[j - 2]! + 1) : changed);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length]!;
}

/** A question for the nearest names: did you mean "mean1" or "mean2"? Undefined where no name is near. */
export function didYouMean(name: string, known: readonly string[]): string | undefined {
  const names = nearestNames(name, known).map((one) => `"${one}"`);
  return names.length ? `did you mean ${names.join(' or ')}?` : undefined;
}

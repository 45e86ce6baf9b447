/** JSON in full double precision; infinities and NaN, which JSON lacks, as text, and typed arrays as lists. */
export const toJson = (value: unknown): string => JSON.stringify(value, (_, part: unknown) => plain(part), 2) + '\n';

function plain(part: unknown): unknown {
  if (typeof part === 'number' && !Number.isFinite(part)) return String(part);
  return ArrayBuffer.isView(part) ? Array.from(part as unknown as ArrayLike<number>) : part;
}

const LACKED: ReadonlyMap<unknown, number> = new Map([NaN, Infinity, -Infinity].map((value) => [String(value), value]));

/** What `toJson` wrote, with the numbers that JSON lacks. */
export const fromJson = (text: string): unknown => JSON.parse(text, (_, part: unknown) => LACKED.get(part) ?? part);

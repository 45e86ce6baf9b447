/** JSON in full double precision; infinities and NaN, which JSON lacks, as text. */
export const toJson = (value: unknown): string =>
  JSON.stringify(
    value,
    (_, part: unknown) => (typeof part === 'number' && !Number.isFinite(part) ? String(part) : part),
    2,
  ) + '\n';

const LACKED: Readonly<Record<string, number>> = { NaN, Infinity, '-Infinity': -Infinity };

/** What `toJson` wrote, with the numbers that JSON lacks. */
export const fromJson = (text: string): unknown =>
  JSON.parse(text, (_, part: unknown) => (typeof part === 'string' ? (LACKED[part] ?? part) : part));

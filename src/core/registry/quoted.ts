/** The most characters of a value that a message quotes. */
const QUOTED = 200;

/** A value as a message quotes it: a long one is cut, and numbers that JSON lacks have their names. */
export function quoted(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? `a ${typeof value}`);
  return text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text;
}

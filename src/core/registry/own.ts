/**
 * What an object holds itself under a key; undefined where it holds nothing. Keys that come from a file, a person or
 * another process are looked up so: `constructor` and `toString` are no keys of an object that does not hold them.
 */
export const own = <T>(object: Readonly<Record<string, T>>, key: string | number): T | undefined =>
  Object.hasOwn(object, key) ? object[key] : undefined;

/** The same of any value; undefined where it is no object. */
export const ownOf = (value: unknown, key: string | number): unknown =>
  typeof value === 'object' && value !== null ? own(value as Record<string, unknown>, key) : undefined;

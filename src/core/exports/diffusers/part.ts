export type Keys = Readonly<Record<string, unknown>>;

/** Keys of a configuration, and in words what of the experiment they do not hold. */
export interface Part {
  readonly keys: Keys;
  readonly lost: readonly string[];
}

export const part = (keys: Keys, ...lost: readonly string[]): Part => ({ keys, lost });

/** Rows of a table that stands for a curve. */
export const ROWS = 1000;

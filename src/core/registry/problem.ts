/** Something wrong with an input, said where it stands. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  /** Keys and indices from the document's root, e.g. ['schedules', 0, 'params', 'offset']. */
  readonly path: readonly (string | number)[];
  /** Names the field, what is wrong with its value, and what is allowed. */
  readonly message: string;
  /** Whether the JSON schema alone would find it too. */
  readonly inSchema: boolean;
}

/** A problem with its place in a text: offset and length in UTF-16 units, line and column from 1. */
export interface LocatedProblem extends Problem {
  readonly offset: number;
  readonly length: number;
  readonly line: number;
  readonly column: number;
}

/** Bad input: the message is for the user, who can mend it. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** The path as a user would write it: schedules[0].params.offset. */
export const pathText = (path: Problem['path']): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i ? `.${part}` : part)).join('');

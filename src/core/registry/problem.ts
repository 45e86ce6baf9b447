import { systemErrorLine } from './systemErrors';

/** Something wrong with an input, and where. */
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

/**
 * What kind of failure an error is. "input": the user can mend it. "cancelled": it was stopped on request.
 * "left-queue": a training was stopped before it began, and left no run. "memory": there was too little memory. "closed":
 * the other side is gone. "untrusted" and "outside": a file was not read, because the workspace is not trusted, or because
 * it lies in no place that is allowed.
 */
export type ErrorCode =
  'input' | 'cancelled' | 'left-queue' | 'memory' | 'closed' | 'untrusted' | 'outside' | 'internal';

/** An error that says by a code what kind of failure it is. The message is for the user. */
export class CodedError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
  ) {
    super(message);
  }
}

/** Bad input: the message is for the user, who can mend it; at a setting of the experiment where there is a path. */
export class InputError extends CodedError {
  override readonly name = 'InputError';

  constructor(
    message: string,
    readonly path?: Problem['path'],
  ) {
    super('input', message);
  }
}

/** The result of `make`; an InputError that names no setting leaves it with this one. */
export function atSetting<T>(path: Problem['path'], make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw withSetting(path, error);
  }
}

/** An InputError that names no setting with this one; any other error as it is. */
export const withSetting = (path: Problem['path'], error: unknown): unknown =>
  error instanceof InputError && !error.path ? new InputError(error.message, path) : error;

/** What kind of failure a caught value is. */
export const codeOf = (error: unknown): ErrorCode => (error instanceof CodedError ? error.code : 'internal');

/** The message of a caught value, for the user: what a system says by a code is in words. */
export const messageOf = (error: unknown): string =>
  error instanceof Error
    ? ((error instanceof CodedError ? undefined : systemErrorLine(error)) ?? error.message)
    : String(error);

/** The path as a user would write it: schedules[0].params.offset. */
export const pathText = (path: Problem['path']): string =>
  path.map((part, i) => (typeof part === 'number' ? `[${part}]` : i ? `.${part}` : part)).join('');

import type { ImportChoice } from '../core/imports';
import { InputError } from '../core/registry/problem';
import { toNumber } from './arguments';

/** The options that say how a file is imported. */
export const importOptions = { as: { type: 'string' }, 'sequence-length': { type: 'string' } } as const;

/** What the options say; an InputError where the sequence length is no whole number above 0. */
export function readImportChoice(values: {
  readonly as?: string | undefined;
  readonly 'sequence-length'?: string | undefined;
}): ImportChoice {
  const { as, 'sequence-length': text } = values;
  const sequenceLength = text === undefined ? undefined : toNumber('--sequence-length', text);
  if (sequenceLength !== undefined && !(Number.isInteger(sequenceLength) && sequenceLength >= 1))
    throw new InputError(`--sequence-length must be a whole number of at least 1: got ${text}`);
  return { as, sequenceLength };
}

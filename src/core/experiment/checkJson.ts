import { InputError } from '../registry/problem';
import { JSON_LIMITS } from '../text/jsonTree';

/**
 * An InputError where a value is none that JSON has: another kind of object, a number that is not finite, what lies
 * deeper or holds more than is read. `undefined` is allowed at the top, for it removes. `what` names the value.
 */
export function checkJson(value: unknown, what: string): void {
  if (value === undefined) return;
  let count = 0;
  const check = (part: unknown, depth: number): void => {
    count++;
    if (depth > JSON_LIMITS.depth || count > JSON_LIMITS.values)
      throw new InputError(`${what} holds more than an experiment can: lists in lists, or too many values`);
    if (typeof part === 'number' && !Number.isFinite(part))
      throw new InputError(`${what} must be a finite number: got ${part}`);
    if (part === null || ['number', 'string', 'boolean'].includes(typeof part)) return;
    if (!isPlain(part)) throw new InputError(`${what} must be text, a number, true, false, a list or an object`);
    for (const one of Object.values(part)) if (one !== undefined || Array.isArray(part)) check(one, depth + 1);
  };
  check(value, 0);
}

/** Whether a value is a list, or an object without a class. */
function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return Array.isArray(value) || prototype === null || Object.getPrototypeOf(prototype) === null;
}

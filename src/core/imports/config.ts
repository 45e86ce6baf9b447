import { own } from '../registry/own';
import { allowedText, inRange, type Parameter } from '../registry/parameters';
import { InputError } from '../registry/problem';
import { quoted } from '../registry/quoted';
import type { ImportNote, ImportReport } from './import';

/** The most characters of a key that a report shows, and the most keys of a configuration. */
const LONGEST_KEY = 200;
export const MOST_KEYS = 1000;

type Range = Pick<Parameter, 'min' | 'max' | 'open' | 'integer'>;

/** A value as a report shows it: a long list by its length. */
const shown = (value: unknown): string => (Array.isArray(value) ? `${value.length} values` : quoted(value));

/**
 * The keys of a configuration, each noted as used, unused or assumed when it is asked for. A key that is absent or null
 * has the class's default. Keys that the defaults do not name are another class's: they are as good as absent. An
 * InputError names a key whose value is of another type or out of range.
 */
export class Config {
  private readonly used = new Map<string, string>();
  private readonly unused = new Map<string, string>();
  private readonly assumed: ImportNote[] = [];
  private readonly defaulted: ImportNote[] = [];
  private readonly warnings: string[] = [];

  constructor(
    private readonly values: Readonly<Record<string, unknown>>,
    /** Every key of the class; null where it has no value by default. */
    private readonly defaults: Readonly<Record<string, unknown>>,
    /** What the defaults are called: a class. */
    readonly owner: string,
  ) {}

  /** Whether the file has a value of its own for a key. */
  has(key: string): boolean {
    const value = own(this.values, key);
    return value !== undefined && value !== null && Object.hasOwn(this.defaults, key);
  }

  /** The value, or the class's default; undefined where there is neither. Notes nothing. */
  peek(key: string): unknown {
    return this.has(key) ? own(this.values, key) : (own(this.defaults, key) ?? undefined);
  }

  /** A number in a range; `note` says what it is for. */
  number(key: string, range: Range, note: string): number {
    const value = this.peek(key);
    if (!inRange({ ...range }, value))
      throw new InputError(`${key} must be ${allowedText(range)}: got ${quoted(value)}`);
    this.use(key, note);
    return value;
  }

  /** The same, or undefined where neither the file nor the class has one. */
  optional(key: string, range: Range, note: string): number | undefined {
    return this.peek(key) === undefined ? undefined : this.number(key, range, note);
  }

  /** Whether a switch is on. It is noted as used where the file has it. */
  flag(key: string, note: string): boolean {
    const value = this.peek(key) ?? false;
    if (typeof value !== 'boolean') throw new InputError(`${key} must be true or false: got ${quoted(value)}`);
    if (this.has(key)) this.used.set(key, value ? note : 'off');
    return value;
  }

  /** A text that is one of several; `what` is its kind in the message. */
  choice<T extends string>(key: string, allowed: readonly T[], note: string): T {
    const value = this.peek(key);
    const found = allowed.find((one) => one === value);
    if (found === undefined)
      throw new InputError(`unknown ${key} ${quoted(value)}: choose one of ${allowed.join(', ')}`);
    this.use(key, note);
    return found;
  }

  /** Notes that a key is used, and that its default is where the file lacks it. */
  use(key: string, note: string): void {
    if (this.has(key)) this.used.set(key, note);
    else if (!this.defaulted.some((one) => one.key === key))
      this.defaulted.push({ key, value: shown(this.peek(key)), note: `class default; ${note}` });
  }

  /** Notes that keys of the file have no effect, and why. */
  off(keys: readonly string[], why: string): void {
    for (const key of keys) if (this.has(key) && !this.used.has(key)) this.unused.set(key, why);
  }

  /** The same for keys that were looked at. */
  ignore(keys: readonly string[], why: string): void {
    for (const key of keys) this.used.delete(key);
    this.off(keys, why);
  }

  /** Notes what is taken for something that the file does not say. */
  assume(key: string, value: unknown, note: string): void {
    if (!this.assumed.some((one) => one.key === key))
      this.assumed.push({ key, value: typeof value === 'string' ? value : shown(value), note });
  }

  warn(text: string): void {
    this.warnings.push(text);
  }

  /** The report; `why` says why a key that nobody asked for is unused. */
  report(why: (key: string) => string): ImportReport {
    const note = (key: string, text: string): ImportNote => ({
      key: key.slice(0, LONGEST_KEY),
      value: shown(this.values[key]),
      note: text,
    });
    const keys = Object.keys(this.values);
    return {
      used: keys.filter((key) => this.used.has(key)).map((key) => note(key, this.used.get(key)!)),
      unused: keys
        .filter((key) => !this.used.has(key))
        .map((key) => note(key, this.unused.get(key) ?? (this.values[key] === null ? 'has no value' : why(key)))),
      assumed: [...this.assumed, ...this.defaulted],
      warnings: this.warnings,
    };
  }
}

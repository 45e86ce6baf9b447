import { InputError } from '../registry/problem';
import { isDecimal } from '../text/decimal';

/** What messages call the labels, and the place of one of them. */
export interface LabelWords {
  /** `column "species"`. */
  readonly what: string;
  /** `row 7`. */
  readonly place: (index: number) => string;
  /** The setting that names the labels. */
  readonly setting: readonly string[];
  /** What to do where every row has a label of its own. */
  readonly remedy: string;
}

/** Each row's class, and the classes. */
export interface Classes {
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

/**
 * The classes of labels, none of which is empty: in order of value where all are numbers, else in order of their
 * characters. An InputError where they cannot be learned: one class alone, one of a single row, as many as there are rows.
 */
export function classesOf(values: readonly string[], { what, place, setting, remedy }: LabelWords): Classes {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const classes = [...counts.keys()];
  if (classes.length === 1)
    throw new InputError(`${what} holds one class only, "${classes[0]}": at least two are needed`, setting);
  if (classes.length === values.length)
    throw new InputError(
      `${what} has a label of its own in each of the ${values.length} rows, so it cannot be learnt: ${remedy}`,
      setting,
    );
  const single = classes.find((value) => counts.get(value) === 1);
  if (single !== undefined)
    throw new InputError(
      `the label "${single}" has one row only (${place(values.indexOf(single))}): ` +
        'at least two are needed, one to train on and one to test on',
      setting,
    );
  if (classes.every((value) => isDecimal(value))) classes.sort((a, b) => Number(a) - Number(b));
  else classes.sort((a, b) => (a < b ? -1 : 1));
  const index = new Map(classes.map((value, k) => [value, k]));
  return { labels: Int32Array.from(values, (value) => index.get(value)!), classes };
}

import { isNpy, isZip, npzNames, readNpy, readNpz, type NumberArray, type TextArray } from '../files/npy';
import { atSetting, InputError } from '../registry/problem';
import { quoted } from '../registry/quoted';
import { classesOf, type Classes } from './classes';
import type { MissingPolicy, Task } from './columns';
import type { Dataset, Targets } from './dataset';
import { beginningOf } from './fileBeginning';
import { isLabelFile } from './filePairs';
import { pixelNames, transposed } from './images';
import { checkTable, FEATURES, IMAGE_BYTES, NUMBERS } from './limits';

/** A file of NumPy arrays, and what messages call it. */
export interface ArrayFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** How arrays become a data set. */
export interface ArrayOptions {
  /** What becomes of rows with a number that is none (refuse). */
  readonly missing?: MissingPolicy;
  /** What y holds (classification). */
  readonly task?: Task;
  /** Whether each image is turned over its diagonal. */
  readonly transpose?: boolean | undefined;
}

/** What the arrays of an archive are called, the likeliest first. */
const NAMES = {
  x: ['x', 'X', 'data', 'features', 'images', 'x_train', 'X_train'],
  y: ['y', 'Y', 'label', 'labels', 'target', 'targets', 'y_train', 'Y_train'],
} as const;

const LIMITS = { values: NUMBERS, bytes: IMAGE_BYTES };

/** An array of a file: a .npy file holds one, and of a .npz file it is the one that is called so. */
function arrayOf({ name, bytes }: ArrayFile, which: 'x' | 'y'): NumberArray | TextArray {
  if (isNpy(bytes)) return readNpy(bytes, name, NUMBERS);
  if (!isZip(bytes)) throw new InputError(`${name} is no file of NumPy arrays (.npy, .npz): ${beginningOf(bytes)}`);
  const names = npzNames(bytes, name);
  const others: readonly string[] = NAMES[which === 'x' ? 'y' : 'x'];
  const only = names.length === 1 && !others.includes(names[0]!) ? names[0]! : undefined;
  const found = NAMES[which].find((one) => names.includes(one)) ?? only;
  if (found === undefined)
    throw new InputError(
      `${name} has no array that is called ${NAMES[which].join(', ')}: its arrays are ${names.slice(0, 20).join(', ')}`,
    );
  return readNpz(bytes, name, [found], LIMITS).get(found)!;
}

/** Whether a file has an array that is called as labels are. */
const hasLabels = ({ name, bytes }: ArrayFile): boolean =>
  isZip(bytes) && npzNames(bytes, name).some((one) => (NAMES.y as readonly string[]).includes(one));

/** Features of n rows: images where they have a height and a width. */
export interface FeatureRows {
  readonly n: number;
  readonly values: Float64Array | Uint8Array;
  /** d names. */
  readonly features: readonly string[];
}

/**
 * The features of a file: an array of n x d numbers, or n x height x width of images, where lengths of 1 behind the
 * first do not count. An InputError, at the setting data.x, where it is something else.
 */
export const readFeatures = (file: ArrayFile, transpose = false): FeatureRows =>
  atSetting(['data', 'x'], () => {
    const array = arrayOf(file, 'x');
    const { name } = file;
    const said = array.shape.join(' x ') || 'a single number';
    if ('texts' in array) throw new InputError(`x in ${name} holds texts: it must hold numbers`);
    const [n = 0, ...lengths] = array.shape;
    const sides = lengths.filter((length) => length !== 1);
    if (!array.shape.length || sides.length > 2)
      throw new InputError(`x in ${name} is ${said}: it must be rows x features, or images x height x width`);
    if (!n || sides.includes(0)) throw new InputError(`x in ${name} is ${said}: it holds nothing`);
    const [height = 1, width] = sides;
    const d = height * (width ?? 1);
    if (array.values instanceof Float64Array) checkTable(`x in ${name}`, n, d);
    else if (d > FEATURES) throw new InputError(`x in ${name} has ${d} features: at most ${FEATURES} fit in memory`);
    if (width === undefined)
      return { n, values: array.values, features: Array.from({ length: d }, (_, k) => `column ${k + 1}`) };
    return transpose
      ? { n, values: transposed(array.values, n, height, width), features: pixelNames(width, height) }
      : { n, values: array.values, features: pixelNames(height, width) };
  });

/** What is to be predicted of n rows: numbers, or the texts of labels. */
export type LabelRows = { readonly numbers: Float64Array | Uint8Array } | { readonly texts: readonly string[] };

/** The labels of n rows. An InputError, at the setting data.y, where they are something else. */
export const readLabels = (file: ArrayFile, n: number): LabelRows =>
  atSetting(['data', 'y'], () => {
    const array = arrayOf(file, 'y');
    const said = array.shape.join(' x ') || 'a single number';
    if (array.shape.filter((length) => length !== 1).length > 1)
      throw new InputError(`y in ${file.name} is ${said}: it must be one label, or one number, a row`);
    const values = 'texts' in array ? array.texts : array.values;
    if (values.length !== n)
      throw new InputError(`x has ${n} rows and y in ${file.name} has ${values.length}: they must have as many`);
    return 'texts' in array ? { texts: array.texts } : { numbers: array.values };
  });

/** The labels as texts: whole numbers as such. */
export const labelTexts = (rows: LabelRows): readonly string[] =>
  'texts' in rows ? rows.texts : Array.from(rows.numbers, String);

/** The data set of features and what is to be predicted of them. An InputError names the element and the setting. */
export function arrayDataset(x: FeatureRows, y: LabelRows, { missing = 'refuse', task }: ArrayOptions = {}): Dataset {
  const d = x.features.length;
  const regression = task === 'regression';
  const rows = keptRows(x, y, missing, regression);
  const values = rows.length === x.n ? x.values : chosen(x.values, rows, d);
  refuseInfinite(x, rows, missing === 'mean');
  return { x: values, ...(regression ? targetsOf(y, rows) : labelsOf(y, rows)), features: x.features };
}

/** The rows that are learned from: all, or those without a number that is none. */
function keptRows(
  { n, values, features }: FeatureRows,
  y: LabelRows,
  missing: MissingPolicy,
  regression: boolean,
): Int32Array {
  const d = features.length;
  const all = Int32Array.from({ length: n }, (_, i) => i);
  if (missing !== 'drop') return all;
  const isKept = (i: number) =>
    !(regression && 'numbers' in y && Number.isNaN(y.numbers[i]!)) &&
    !values.subarray(i * d, (i + 1) * d).some(Number.isNaN);
  const kept = all.filter(isKept);
  if (!kept.length) throw new InputError('every row of x has a number that is none: none is left', ['data', 'missing']);
  return kept;
}

function chosen<T extends Float64Array | Uint8Array>(values: T, rows: Int32Array, d: number): T {
  const out = values.slice(0, rows.length * d) as T;
  rows.forEach((row, i) => out.set(values.subarray(row * d, (row + 1) * d), i * d));
  return out;
}

/** An InputError that names the first number of these rows that is infinite, or is none where that is not allowed. */
function refuseInfinite({ values, features }: FeatureRows, rows: Int32Array, noneAllowed = false): void {
  if (values instanceof Uint8Array) return;
  const d = features.length;
  for (const row of rows)
    for (let k = 0; k < d; k++) {
      const value = values[row * d + k]!;
      if (Number.isFinite(value) || (noneAllowed && Number.isNaN(value))) continue;
      const place = `x: row ${row} (counted from 0), ${features[k]!}: ${value}`;
      throw Number.isNaN(value)
        ? new InputError(`${place} is no value (set data.missing to drop or mean to allow it)`, ['data', 'missing'])
        : new InputError(`${place} is not a number that can be learned from`, ['data', 'x']);
    }
}

function labelsOf(y: LabelRows, rows: Int32Array): Classes {
  if ('numbers' in y) {
    const part = rows.find((row) => !Number.isInteger(y.numbers[row]!));
    if (part !== undefined)
      throw new InputError(
        `y: row ${part} (counted from 0) is ${y.numbers[part]!}, and classes are whole numbers or texts: ` +
          'set data.task to regression to predict numbers',
        ['data', 'task'],
      );
  }
  const texts = labelTexts(y);
  const empty = rows.find((row) => texts[row] === '');
  if (empty !== undefined) throw new InputError(`y: row ${empty} (counted from 0): the label is empty`, ['data', 'y']);
  return classesOf(
    Array.from(rows, (row) => texts[row]!),
    {
      what: 'y',
      place: (i) => `row ${rows[i]!}, counted from 0`,
      setting: ['data', 'y'],
      remedy: 'numbers to predict need data.task = regression',
    },
  );
}

function targetsOf(
  y: LabelRows,
  rows: Int32Array,
): Pick<Dataset, 'labels' | 'classes'> & { readonly targets: Targets } {
  if ('texts' in y)
    throw new InputError(`y holds texts, such as ${quoted(y.texts[0])}: data.task = regression needs numbers`, [
      'data',
      'task',
    ]);
  const wrong = rows.find((row) => !Number.isFinite(y.numbers[row]!));
  if (wrong !== undefined)
    throw new InputError(
      `y: row ${wrong} (counted from 0) is ${y.numbers[wrong]!}, and every row needs a number to predict ` +
        '(set data.missing to drop to leave rows without a value out)',
      ['data', 'missing'],
    );
  const values = Float64Array.from(rows, (row) => y.numbers[row]!);
  if (values.every((value) => value === values[0]))
    throw new InputError(`y holds ${values[0]} in every row: there is nothing to predict`, ['data', 'y']);
  return { labels: new Int32Array(rows.length), classes: [], targets: { values, names: ['y'] } };
}

/** Rows to predict, and the labels that stand beside them. */
export interface GivenRows {
  readonly n: number;
  /** n x d, in the features' own units. */
  readonly x: Float64Array;
  readonly y?: LabelRows;
}

/**
 * The rows of a file of arrays, with d features each as a model takes them. An InputError where they have another number
 * of features, or an element is none (NaN is none unless `missing` is mean).
 */
export function givenRows(file: ArrayFile, d: number, { missing, transpose }: ArrayOptions): GivenRows {
  const x = readFeatures(file, transpose);
  const { n, values, features } = x;
  if (features.length !== d)
    throw new InputError(`x in ${file.name} has ${features.length} features, and the run was trained on ${d}`);
  checkTable(`x in ${file.name}`, n, d);
  refuseInfinite(
    x,
    Int32Array.from({ length: n }, (_, i) => i),
    missing === 'mean',
  );
  const y = hasLabels(file) ? readLabels(file, n) : undefined;
  return { n, x: values instanceof Float64Array ? values : Float64Array.from(values), ...(y && { y }) };
}

/** Whether a file of arrays can be x, or y by its name, or both. An InputError where it is damaged. */
export function couldBeArrays({ name, bytes }: ArrayFile): boolean {
  if (isZip(bytes)) {
    const names: readonly string[] = npzNames(bytes, name);
    return NAMES.x.some((one) => names.includes(one)) && NAMES.y.some((one) => names.includes(one));
  }
  const { shape } = readNpy(bytes, name, NUMBERS);
  return shape.length > 1 || isLabelFile(name);
}

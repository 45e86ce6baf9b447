import { leadingAxes } from '../../math/leadingAxes';
import { project } from '../../math/pca';
import { Random } from '../../math/random';
import type { Dataset } from '../dataset';
import type { FeatureScaling } from '../scaling';
import { imageShape, inkOf } from './imageShape';
import type { ImagesPreview, PointsPreview } from './preview';

/** The most rows that are drawn, and the most numbers that principal axes are found of. */
const [POINTS, NUMBERS] = [1000, 2e6];

/** Pictures of each class, the most classes that have some, and the most bytes of all. */
const [EACH, CLASSES, BYTES] = [8, 10, 2e6];

type Scaled = Dataset & FeatureScaling;

/** At most `most` of n rows in their order, drawn at random: rows at equal distances may all be of one class. */
const someRows = (n: number, most: number): Int32Array =>
  Random.stream(0, 'axes').permutation(n).subarray(0, most).sort();

/** A value as a network gets it: one that is missing is the mean. */
const scaledValue = ({ x, mean, scale, features }: Scaled, row: number, j: number): number => {
  const value = x[row * features.length + j]!;
  return Number.isNaN(value) ? 0 : (value - mean[j]!) / scale[j]!;
};

const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;

/**
 * Rows as points of a plane. Of classes: two features as they are, one feature beside the class, else the first two
 * principal axes of the scaled features. Of numbers to predict: these, over the one feature or the first principal axis.
 */
export function pointsPreview(data: Scaled): PointsPreview {
  const { x, labels, features, classes, targets } = data;
  const [n, d] = [labels.length, features.length];
  const rows = someRows(n, Math.max(2, Math.min(POINTS, Math.floor(NUMBERS / d))));
  const own = (j: number) => Float64Array.from(rows, (row) => x[row * d + j]!);
  const common = { labels: Int32Array.from(rows, (row) => labels[row]!) };
  const target = targets && {
    y: Float64Array.from(rows, (row) => targets.values[row * targets.names.length]!),
    yTitle: targets.names[0]!,
  };
  if (d === 1)
    return {
      ...common,
      x: own(0),
      xTitle: features[0]!,
      ...(target ?? { y: Float64Array.from(common.labels, (label) => label + 1), yTitle: 'class, by its number' }),
      about: '',
    };
  if (d === 2 && !target)
    return { ...common, x: own(0), y: own(1), xTitle: features[0]!, yTitle: features[1]!, about: '' };
  const values = new Float64Array(rows.length * d);
  rows.forEach((row, i) => {
    for (let j = 0; j < d; j++) values[i * d + j] = scaledValue(data, row, j);
  });
  const projection = leadingAxes(values, d);
  const places = project(values, projection);
  const along = (axis: number) => Float64Array.from(rows, (_, i) => places[2 * i + axis]!);
  const [first = 0, second = 0] = projection.shares;
  const what = `principal ${target ? 'axis' : 'axes'} of the ${d} scaled features`;
  return target
    ? { ...common, x: along(0), xTitle: 'first principal axis', ...target, about: `The first ${what}: ${percent(first)} of their variance.` } // prettier-ignore
    : {
        ...common,
        x: along(0),
        y: along(1),
        xTitle: 'first principal axis',
        yTitle: 'second principal axis',
        about: `The first two ${what}: ${percent(first)} and ${percent(second)} of their variance.${
          classes.length > 1 ? ' Classes that overlap here may still lie apart.' : ''
        }`,
      };
}

/** Rows as pictures, the same number of each class; undefined where the features are no pixels. */
export function imagesPreview({ x, labels, features, classes, targets }: Dataset): ImagesPreview | undefined {
  const shape = targets ? undefined : imageShape(features);
  if (!shape) return undefined;
  const d = features.length;
  const shown = Math.min(classes.length, CLASSES);
  const each = Math.max(1, Math.min(EACH, Math.floor(BYTES / (d * shown))));
  const byClass = Array.from({ length: shown }, (): number[] => []);
  for (let row = 0; row < labels.length; row++) {
    const members = byClass[labels[row]!];
    if (members && members.length < each) members.push(row);
  }
  const rows = byClass.flat();
  const values = rows.flatMap((row) => Array.from(x.subarray(row * d, (row + 1) * d)));
  const [low, high] = rangeOf(values);
  return { ...shape, pixels: inkOf(values, low, high), labels: Int32Array.from(rows, (row) => labels[row]!) };
}

/** The least and the greatest of some numbers, those that are missing left aside. */
export function rangeOf(values: Iterable<number>): readonly [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

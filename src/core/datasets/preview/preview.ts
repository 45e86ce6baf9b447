import { formatNumber } from '../../text/format';
import type { Problem } from '../../registry/problem';

/** What a column of the data holds. */
export type ColumnType = 'number' | 'text' | 'class' | 'empty';

/** One column of the data, as a person chooses among them. */
export interface ColumnPreview {
  readonly name: string;
  readonly type: ColumnType;
  /** Whether it holds what is to be predicted. */
  readonly isLabel: boolean;
  /** The range of its numbers; absent where it has none. */
  readonly range?: readonly [low: number, high: number] | undefined;
  /** Some of its values, the most frequent first, where they are texts or classes. */
  readonly values: readonly string[];
  /** How many different values it has, at most `MOST_DISTINCT` and one. */
  readonly distinct: number;
  /** Whether all its values are whole numbers. */
  readonly whole: boolean;
  /** Cells without a value. */
  readonly missing: number;
}

/** Different values of a column are counted up to here. */
export const MOST_DISTINCT = 100;

/** A class, and how many rows it has. */
export interface ClassCount {
  readonly label: string;
  readonly count: number;
}

/** Some rows as points of a plane. */
export interface PointsPreview {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Indices into the classes; zeros where numbers are predicted. */
  readonly labels: Int32Array;
  readonly xTitle: string;
  readonly yTitle: string;
  /** What the axes are, where they are not two columns. */
  readonly about: string;
}

/** Some rows as pictures: count x height x width bytes, row-major, 0 to 255 over the range of the values. */
export interface ImagesPreview {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
  /** The class of each picture, an index into the classes, in ascending order. */
  readonly labels: Int32Array;
}

/** How many rows are for what. */
export interface SplitCounts {
  readonly train: number;
  readonly test: number;
  readonly validation: number;
}

/** The data of an experiment before anything is trained. What cannot be known because of a problem is empty. */
export interface DataPreview {
  /** Rows that can be learned from, and rows that are left out because a cell has no value. */
  readonly rows: number;
  readonly leftOut: number;
  /** Features as a network gets them. */
  readonly features: number;
  /** None where numbers are predicted. */
  readonly classes: readonly ClassCount[];
  /** The numbers to predict. */
  readonly target?: { readonly name: string; readonly range: readonly [number, number] } | undefined;
  readonly split?: SplitCounts | undefined;
  /** At most `MOST_COLUMNS`; the label's is among them. */
  readonly columns: readonly ColumnPreview[];
  readonly columnCount: number;
  /** The first rows, of at most `HEAD_COLUMNS` columns; that of the label comes first. */
  readonly head: { readonly names: readonly string[]; readonly cells: readonly (readonly string[])[] };
  readonly points?: PointsPreview | undefined;
  readonly images?: ImagesPreview | undefined;
  /** What keeps the data from being learned from, and at which setting. */
  readonly problem?: Pick<Problem, 'path' | 'message'> | undefined;
}

/** The most columns that are listed, and those and the rows that a table of the first rows has. */
export const [MOST_COLUMNS, HEAD_COLUMNS, HEAD_ROWS] = [2000, 24, 6] as const;

const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** The classes in words: "3 classes of 50", "10 classes of 174 to 183". */
function classesText(classes: readonly ClassCount[]): string {
  const counts = classes.map(({ count }) => count);
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return `${counted(classes.length, 'class', 'classes')} of ${low === high ? low : `${low} to ${high}`}`;
}

/** The data in a sentence: "150 rows, 4 features, 3 classes of 50". Of data with a problem what is known of them. */
export function dataSentence({ rows, leftOut, features, classes, target }: DataPreview): string {
  const parts = [counted(rows, 'row'), ...(features ? [counted(features, 'feature')] : [])];
  if (classes.length) parts.push(classesText(classes));
  if (target) parts.push(`${target.name} from ${formatNumber(target.range[0])} to ${formatNumber(target.range[1])}`);
  const out = leftOut ? `; ${counted(leftOut, 'row')} without a value left out` : '';
  return parts.join(', ') + out;
}

/** What the rows are for: "120 rows to train on, 30 to test on". */
export const splitSentence = ({ train, test, validation }: SplitCounts): string =>
  `${counted(train, 'row')} to train on, ${validation ? `${validation} to stop early by, ` : ''}${test} to test on`;

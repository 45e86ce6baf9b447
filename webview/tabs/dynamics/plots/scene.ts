import type { NormalisedClock } from '../../../../src/core/dynamics';
import type { DynamicsPaths, DynamicsRow } from '../../../../src/core/dynamics/paths';
import { dynamicsName, dynamicsStroke } from '../../../plot/dynamicsStroke';
import type { Stroke, Theme } from '../../../plot/theme';
import { placeIn, valueAlong, type Place } from '../../../pictures/along';
import type { Reading } from '../../../pictures/card';
import type { Mark } from '../../../pictures/picture';
import { courseOf, type TimeAxis } from '../timeAxis';

/** One dynamics as every picture draws it. */
export interface Line {
  /** Its number among the picture's rows. */
  readonly index: number;
  readonly key: string;
  readonly label: string;
  readonly stroke: Stroke;
  readonly row: DynamicsRow;
  readonly course: NormalisedClock | undefined;
}

/** What all pictures of the tab draw: the same object as long as nothing of it changed. */
export interface Scene {
  readonly picture: DynamicsPaths;
  readonly theme: Theme;
  readonly axis: TimeAxis;
  /** Every dynamics, and those that are not hidden. */
  readonly all: readonly Line[];
  readonly lines: readonly Line[];
  /** Positions on the x axis of the picture's times, and of those of its curves. */
  readonly x: Float64Array;
  readonly curveX: Float64Array;
}

/** Names a row where there may be one with its noise and one without. */
export const keyOf = ({ entry }: DynamicsRow): string => `${entry.id}${entry.noise ? ' noise' : ''}`;

/** Every dynamics of a picture. */
export const linesOf = (picture: DynamicsPaths, theme: Theme): Line[] =>
  picture.rows.map((row, index) => ({
    index,
    key: keyOf(row),
    label: dynamicsName(row.entry),
    stroke: dynamicsStroke(theme, row.entry),
    row,
    course: courseOf(row.entry, picture),
  }));

export function sceneOf(
  picture: DynamicsPaths,
  theme: Theme,
  axis: TimeAxis,
  all: readonly Line[],
  lines: readonly Line[],
): Scene {
  const { times, logSnr, curves } = picture;
  const positions = (t: Float64Array, levels: Float64Array) => t.map((at, k) => axis.of(at, levels[k]!));
  const [x, curveX] = [positions(times, logSnr), positions(curves.times, curves.logSnr)];
  return { picture, theme, axis, all, lines, x, curveX };
}

/** Of the drawn paths of a dynamics that is not the first every so many-th is shown, lest they hide each other. */
const FEW = 3;

/** Which of the drawn paths of a dynamics are shown. */
export const shownPaths = ({ picture }: Scene, first: boolean): number[] =>
  Array.from({ length: picture.drawn }, (_, i) => i).filter((i) => first || i % FEW === 1 || picture.drawn < FEW);

/** The time at a position on the x axis. */
export const timeAt = ({ picture, axis, curveX }: Scene, x: number): number =>
  axis.id === 't' ? x : valueAlong(picture.curves.times, placeIn(curveX, x));

/** The position on the x axis of a time. */
export function positionOf({ picture, axis, curveX }: Scene, t: number): number {
  return axis.id === 't' ? t : valueAlong(curveX, placeIn(picture.curves.times, t));
}

/** What a picture has at the cursor: its dots, and its words. */
export interface AtCursor {
  readonly marks: readonly Mark[];
  readonly readings: readonly Reading[];
}

/** The places of a time among the picture's times, and among those of its curves. */
export const placesOf = ({ picture }: Scene, t: number): { readonly step: Place; readonly curve: Place } => ({
  step: placeIn(picture.times, t),
  curve: placeIn(picture.curves.times, t),
});

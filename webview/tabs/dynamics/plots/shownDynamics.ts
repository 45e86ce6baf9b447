import type { NormalisedClock } from '../../../../src/core/dynamics';
import type { DynamicsPaths, DynamicsRow } from '../../../../src/core/dynamics/paths';
import { dynamicsName, dynamicsStroke } from '../../../plot/dynamicsStroke';
import { interpolate, placeIn } from '../../../plot/interpolate';
import type { Stroke } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';
import { courseOf, type TimeAxis } from '../timeAxis';

/** One dynamics as every plot draws it. */
export interface DynamicsLine {
  /** Its number among the rows of the paths. */
  readonly index: number;
  readonly key: string;
  readonly label: string;
  readonly stroke: Stroke;
  readonly row: DynamicsRow;
  readonly course: NormalisedClock | undefined;
}

/** What all plots of the tab draw: the same object as long as nothing of it changed. */
export interface ShownDynamics {
  readonly paths: DynamicsPaths;
  readonly theme: Theme;
  readonly axis: TimeAxis;
  /** Every dynamics, and those that are not hidden. */
  readonly all: readonly DynamicsLine[];
  readonly lines: readonly DynamicsLine[];
  /** Positions on the x axis of the times of the paths, and of those of the curves. */
  readonly x: Float64Array;
  readonly curveX: Float64Array;
}

/** Names a row where there may be one with its noise and one without. */
const keyOf = ({ entry }: DynamicsRow): string => `${entry.id}${entry.noise ? ' noise' : ''}`;

/** Every dynamics of some paths. */
export const linesOf = (paths: DynamicsPaths, theme: Theme): DynamicsLine[] =>
  paths.rows.map((row, index) => ({
    index,
    key: keyOf(row),
    label: dynamicsName(row.entry),
    stroke: dynamicsStroke(theme, row.entry),
    row,
    course: courseOf(row.entry, paths),
  }));

export function shownDynamics(
  paths: DynamicsPaths,
  theme: Theme,
  axis: TimeAxis,
  all: readonly DynamicsLine[],
  lines: readonly DynamicsLine[],
): ShownDynamics {
  const { times, logSnr, curves } = paths;
  const positions = (t: Float64Array, levels: Float64Array) => t.map((at, k) => axis.of(at, levels[k]!));
  return {
    paths,
    theme,
    axis,
    all,
    lines,
    x: positions(times, logSnr),
    curveX: positions(curves.times, curves.logSnr),
  };
}

/** Of the drawn paths of a dynamics that is not the first every so many-th is shown, lest they hide each other. */
const FEW = 3;

/** Which of the drawn paths of a dynamics are shown. */
export const shownPaths = ({ drawn }: DynamicsPaths, first: boolean): number[] =>
  Array.from({ length: drawn }, (_, i) => i).filter((i) => first || i % FEW === 1 || drawn < FEW);

/** The time at a position on the x axis. */
export const timeAt = ({ paths, axis, curveX }: ShownDynamics, x: number): number =>
  axis.id === 't' ? x : interpolate(paths.curves.times, placeIn(curveX, x));

/** The position on the x axis of a time. */
export const positionOf = ({ paths, axis, curveX }: ShownDynamics, t: number): number =>
  axis.id === 't' ? t : interpolate(curveX, placeIn(paths.curves.times, t));

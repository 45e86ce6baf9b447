import type { AxisSpec } from './axis';
import type { Range } from './range';
import type { PlotSpec } from './spec';
import type { Theme } from './theme';

/** The part of a plot that is shown, in places of its axes; all of an axis where undefined. */
export interface Zoom {
  readonly x?: Range | undefined;
  readonly y?: Range | undefined;
}

/** All that the base of a plot is drawn from. */
export interface Content {
  readonly spec: PlotSpec;
  readonly theme: Theme;
  readonly zoom: Zoom;
  /** Keys of marks that are hidden. */
  readonly hidden: ReadonlySet<string>;
}

const isSameRange = (a: Range | undefined, b: Range | undefined) => a?.[0] === b?.[0] && a?.[1] === b?.[1];

/** Whether a base looks the same. */
export const isSame = (a: Content, b: Content) =>
  a.spec === b.spec &&
  a.theme === b.theme &&
  a.hidden === b.hidden &&
  isSameRange(a.zoom.x, b.zoom.x) &&
  isSameRange(a.zoom.y, b.zoom.y);

/** Whether two axes are laid out alike where their ends are the same. */
export const alike = (a: AxisSpec, b: AxisSpec): boolean =>
  a === b ||
  (a.title === b.title &&
    a.untitled === b.untitled &&
    a.log === b.log &&
    a.powers === b.powers &&
    a.names?.join() === b.names?.join() &&
    a.ticks?.join() === b.ticks?.join() &&
    a.most === b.most);

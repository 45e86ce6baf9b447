import type { Experiment } from '../../../../src/core/experiment/experiment';
import { sigmoid } from '../../../../src/core/math/stable';
import { addPoint, movePoint, removePoint, type PointsChange } from '../../../../src/core/schedules/movePoints';
import { flatPoints, pointsOf } from '../../../../src/core/schedules/points';
import { formatNumber } from '../../../../src/core/text/format';
import type { Handles } from '../../../plot/handles';
import type { Editing } from '../../../state/editing';
import { editPoints, hasFreePoints, restorePoints } from '../../../state/scheduleEdits';

/** How the points of a schedule stand on the y axis of a plot, by the plot's id. */
const places: Readonly<
  Record<string, { readonly symbol: string; of(logSnr: number): number; back(y: number): number }>
> = {
  logSnr: { symbol: 'γ', of: (logSnr) => logSnr, back: (y) => y },
  alphaBar: { symbol: 'ᾱ', of: sigmoid, back: (y) => Math.log(y) - Math.log1p(-y) },
};

/** What moves the control points of a schedule. */
export interface PointsPage {
  readonly editing: Editing;
  readonly experiment: Experiment | undefined;
}

/** The control points of a schedule on a plot over t; undefined where the plot or the schedule has none. */
export function pointHandles(
  page: PointsPage,
  id: string,
  index: number,
  label: string,
  color: string,
): Handles | undefined {
  const place = places[id];
  const current = () => page.experiment?.schedules[index];
  const entry = current();
  if (!place || !entry || !hasFreePoints(entry)) return undefined;
  const all = () => pointsOf((current() ?? entry).inputs.points as readonly number[]);
  const show = ({ points, refusal }: PointsChange, kind: 'preview' | 'commit') => {
    editPoints(page.editing, index, flatPoints(points), kind);
    return refusal;
  };
  return {
    name: `Control points of ${label}`,
    color,
    points: all().map(({ t, logSnr }) => ({
      x: t,
      y: place.of(logSnr),
      text: `t = ${formatNumber(t)}, ${place.symbol} = ${formatNumber(place.of(logSnr))}`,
    })),
    move: (k, { x, y }) =>
      show(movePoint(all(), k, { t: x, logSnr: place.back(y) }, page.experiment!.window.logSnr), 'preview'),
    commit: () => editPoints(page.editing, index, flatPoints(all()), 'commit'),
    restore: () => restorePoints(page.editing, index),
    add: (x) => {
      const change = addPoint(all(), x);
      if (change.refusal === undefined) show(change, 'commit');
      return change.refusal ?? change.at;
    },
    remove: (k) => {
      const change = removePoint(all(), k);
      return change.refusal ?? show(change, 'commit');
    },
  };
}

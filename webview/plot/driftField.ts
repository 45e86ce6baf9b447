import type { NormalisedClock } from '../../src/core/dynamics';
import type { DriftField } from '../../src/core/dynamics/paths';
import { interpolate, placeIn } from './interpolate';
import { field } from './marks/field';
import type { Mark } from './marks/mark';
import type { Range } from './range';

/** u at a time and state, between the points of the grid; NaN outside it. */
function uAt({ times, low, high, size, u }: DriftField, t: number, z: number): number {
  const place = ((z - low) / (high - low)) * (size - 1);
  if (!(place >= 0 && place <= size - 1)) return NaN;
  const column = placeIn(times, t);
  const below = Math.min(Math.floor(place), size - 2);
  const a = interpolate(u, column, size, below);
  const b = interpolate(u, column, size, below + 1);
  return a + (b - a) * (place - below);
}

/** The drift of a dynamics over an x axis. */
export interface DriftOptions {
  readonly drift: DriftField;
  /** Which x axis it is (`own` is the dynamics' own clock), and the part of it that was computed. */
  readonly axis: { readonly id: 't' | 'logSnr' | 'snr' | 'own'; readonly inside: Range };
  /** The time at a position on the x axis. */
  readonly timeAt: (x: number) => number;
  /** The dynamics' own clock, where that is the axis. */
  readonly course?: NormalisedClock | undefined;
}

/** Draws the drift of a dynamics as short strokes along it. */
export const driftField = ({ drift, axis, timeAt, course }: DriftOptions): Mark =>
  field({
    inside: axis.inside,
    slope(x, y) {
      const t = timeAt(x);
      const column = placeIn(drift.times, t);
      const at = (values: Float64Array) => interpolate(values, column);
      const factor = axis.id === 'own' && course ? course.factor(at(drift.logSnr)) : 1;
      const z = y / factor;
      const u = uAt(drift, t, z);
      // Per unit of log-SNR; by its own clock the slope is u itself.
      const rate = at(drift.pull) * u - at(drift.decay) * z;
      return { t: rate * at(drift.logSnrRate), logSnr: rate, snr: rate * Math.LN10, own: u }[axis.id];
    },
  });

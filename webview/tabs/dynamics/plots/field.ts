import type { NormalisedClock } from '../../../../src/core/dynamics';
import type { DriftField } from '../../../../src/core/dynamics/paths';
import { fade, type Theme } from '../../../plot/theme';
import { placeIn, valueAlong } from '../../../pictures/along';
import type { Paint } from '../../../pictures/picture';
import type { TimeAxis } from '../timeAxis';

/** Pixels between two strokes, and half of one's length. */
const [PITCH, HALF] = [26, 6];

/** u at a time and state, between the points of the grid; NaN outside it. */
function uAt({ times, low, high, size, u }: DriftField, t: number, z: number): number {
  const place = ((z - low) / (high - low)) * (size - 1);
  if (!(place >= 0 && place <= size - 1)) return NaN;
  const column = placeIn(times, t);
  const below = Math.min(Math.floor(place), size - 2);
  const [a, b] = [valueAlong(u, column, size, below), valueAlong(u, column, size, below + 1)];
  return a + (b - a) * (place - below);
}

/** Where a drift is drawn. */
export interface FieldScene {
  readonly field: DriftField;
  readonly theme: Theme;
  readonly axis: Pick<TimeAxis, 'id' | 'inside'>;
  /** The time at a position on the x axis. */
  readonly timeAt: (x: number) => number;
  /** The dynamics' own clock, where that is the axis. */
  readonly course?: NormalisedClock | undefined;
}

/** Draws the drift of a dynamics as short strokes along it. */
export function drawField({ ctx, area, at }: Paint, { field, theme, axis, timeAt, course }: FieldScene): void {
  const [unitX, unitY] = unitsOf(at);
  ctx.strokeStyle = fade(theme.foreground, theme.contrast ? 0.55 : 0.22);
  ctx.lineWidth = 1;
  ctx.setLineDash([]);
  ctx.beginPath();
  const stroke = (px: number, py: number, x: number, y: number) => {
    const t = timeAt(x);
    const column = placeIn(field.times, t);
    const along = (values: Float64Array) => valueAlong(values, column);
    const level = along(field.logSnr);
    const factor = axis.id === 'own' && course ? course.factor(level) : 1;
    const z = y / factor;
    const u = uAt(field, t, z);
    // Per unit of log-SNR; by its own clock the slope is u itself.
    const drift = along(field.pull) * u - along(field.decay) * z;
    const slope = { t: drift * along(field.logSnrRate), logSnr: drift, snr: drift * Math.LN10, own: u }[axis.id];
    const [dx, dy] = [unitX, slope * unitY];
    const length = Math.hypot(dx, dy);
    if (!Number.isFinite(length) || !length) return;
    ctx.moveTo(px - (HALF * dx) / length, py - (HALF * dy) / length);
    ctx.lineTo(px + (HALF * dx) / length, py + (HALF * dy) / length);
  };
  const [columns, rows] = [(area.right - area.left) / PITCH, (area.bottom - area.top) / PITCH].map(Math.floor) as [
    number,
    number,
  ];
  for (let i = 0; i < columns; i++)
    for (let k = 0; k < rows; k++) {
      const px = area.left + ((i + 0.5) * (area.right - area.left)) / columns;
      const py = area.top + ((k + 0.5) * (area.bottom - area.top)) / rows;
      const [x, y] = dataAt(at, px, py);
      if (x >= axis.inside[0] && x <= axis.inside[1]) stroke(px, py, x, y);
    }
  ctx.stroke();
}

/** Pixels of a unit of each axis. */
function unitsOf(at: Paint['at']): [number, number] {
  const [[x0, y0], [x1, y1]] = [at(0, 0), at(1, 1)];
  return [x1 - x0, y1 - y0];
}

/** The data at a pixel; both axes are linear. */
function dataAt(at: Paint['at'], px: number, py: number): [number, number] {
  const [x0, y0] = at(0, 0);
  const [unitX, unitY] = unitsOf(at);
  return [(px - x0) / unitX, (py - y0) / unitY];
}

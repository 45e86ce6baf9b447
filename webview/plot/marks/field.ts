import { fade } from '../colors';
import type { Range } from '../range';
import type { Mark } from './mark';

/** Pixels between two strokes, and half of one's length. */
const [PITCH, HALF] = [26, 6];

/** A field of slopes over the plot. */
export interface FieldOptions {
  /** The part of x in which it is known. */
  readonly inside: Range;
  /** dy/dx at a point, in values of the axes; what is not finite is not drawn. */
  readonly slope: (x: number, y: number) => number;
}

/** Draws a field as short strokes along its slope. */
export const field = ({ inside, slope }: FieldOptions): Mark => ({
  draw(pen, frame) {
    const { area, theme } = frame;
    const [width, height] = [area.right - area.left, area.bottom - area.top];
    const [columns, rows] = [Math.floor(width / PITCH), Math.floor(height / PITCH)];
    // pixels of a unit of each axis; both are linear
    const unitX = frame.x(1) - frame.x(0);
    const unitY = frame.y(1) - frame.y(0);
    pen.strokeStyle = fade(theme.foreground, theme.contrast ? 0.55 : 0.22);
    pen.lineWidth = 1;
    pen.setLineDash([]);
    pen.beginPath();
    for (let i = 0; i < columns; i++)
      for (let k = 0; k < rows; k++) {
        const px = area.left + ((i + 0.5) * width) / columns;
        const py = area.top + ((k + 0.5) * height) / rows;
        const x = frame.xAt(px);
        if (x < inside[0] || x > inside[1]) continue;
        const [dx, dy] = [unitX, slope(x, frame.yAt(py)) * unitY];
        const length = Math.hypot(dx, dy);
        if (!Number.isFinite(length) || !length) continue;
        pen.moveTo(px - (HALF * dx) / length, py - (HALF * dy) / length);
        pen.lineTo(px + (HALF * dx) / length, py + (HALF * dy) / length);
      }
    pen.stroke();
  },
});

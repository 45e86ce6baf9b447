import { valueOn } from './axis';
import { type Range } from './range';
import { fade } from './colors';
import type { Frame } from './marks/mark';
import { clipped, drawSegment, type Pen } from './pen';
import type { Found, Position } from './reading';
import type { PlotSpec } from './spec';

/** What changes over a plot while its base stays: in places of the axes. */
export interface Overlay {
  /** Where the cursor stands; none is drawn where undefined. */
  readonly position?: Position | undefined;
  readonly found: Found;
  /** The stretch that a drag is choosing; of both axes where the cursor is a point. */
  readonly brush?: { readonly x: Range; readonly y?: Range | undefined } | undefined;
}

/** Draws the cursor, a dot where it meets each line, the cell under it, and the stretch that a drag chooses. */
export function drawOverlay(pen: Pen, frame: Frame, spec: PlotSpec, overlay: Overlay, margin: number): void {
  const { position, found, brush } = overlay;
  const { area, theme } = frame;
  const px = (place: number) => frame.x(valueOn(spec.x, place));
  const py = (place: number) => frame.y(valueOn(spec.y, place));
  clipped(pen, area, margin, () => {
    if (brush) {
      const [left, right] = [px(brush.x[0]), px(brush.x[1])];
      const [bottom, top] = brush.y ? [py(brush.y[0]), py(brush.y[1])] : [area.bottom, area.top];
      pen.fillStyle = fade(theme.accent, 0.25);
      pen.fillRect(left, top, right - left, bottom - top);
    }
    pen.strokeStyle = fade(theme.foreground, theme.contrast ? 1 : 0.55);
    pen.lineWidth = 1;
    if (position) {
      const x = Math.round(px(position.x)) + 0.5;
      if (spec.cursor !== 'point') drawSegment(pen, x, area.top, x, area.bottom);
      else if (position.y !== undefined && !found.cell) drawCross(pen, x, Math.round(py(position.y)) + 0.5);
    }
    if (found.cell) {
      const { x, y } = found.cell;
      pen.strokeStyle = theme.foreground;
      pen.lineWidth = 1.5;
      pen.beginPath();
      pen.rect(frame.x(x[0]), frame.y(y[1]), frame.x(x[1]) - frame.x(x[0]), frame.y(y[0]) - frame.y(y[1]));
      pen.stroke();
    }
    pen.strokeStyle = theme.background;
    pen.lineWidth = 1.5;
    for (let i = found.dots.length - 1; i >= 0; i--) {
      const { x, y, color } = found.dots[i]!;
      const at = frame.y(y);
      // a line that is beyond the plot has no dot at its edge
      if (!(at >= area.top - 0.5 && at <= area.bottom + 0.5)) continue;
      pen.beginPath();
      pen.arc(frame.x(x), at, 3, 0, 2 * Math.PI);
      pen.fillStyle = color;
      pen.fill();
      pen.stroke();
    }
  });
}

/** Half the size in pixels of the cross that marks a point cursor. */
const ARM = 7;

function drawCross(pen: Pen, x: number, y: number): void {
  drawSegment(pen, x - ARM, y, x + ARM, y);
  drawSegment(pen, x, y - ARM, x, y + ARM);
}

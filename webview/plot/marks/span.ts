import { drawSegment } from '../pen';
import type { Mark } from './mark';

/** An upright stretch between two values at a value of x, with its name beside it. */
export interface SpanOptions {
  readonly x: number;
  readonly low: number;
  readonly high: number;
  readonly name: string;
}

/** Half the width and the height of an arrow's head in pixels, and the least height that has room for both heads. */
const [HALF, HEAD, LEAST] = [3, 5, 16];

/** Draws a double arrow with a name: how far two lines are apart there. */
export const span = ({ x, low, high, name }: SpanOptions): Mark => ({
  drawAbove(pen, frame) {
    const [px, bottom, top] = [Math.round(frame.x(x)) + 0.5, frame.y(low), frame.y(high)];
    const { left, right } = frame.area;
    if (!(px > left && px < right && bottom - top > LEAST)) return;
    const { theme } = frame;
    pen.strokeStyle = theme.foreground;
    pen.fillStyle = theme.foreground;
    pen.lineWidth = 1;
    drawSegment(pen, px, top + 2, px, bottom - 2);
    for (const [y, way] of [
      [top + 2, 1],
      [bottom - 2, -1],
    ] as const) {
      pen.beginPath();
      pen.moveTo(px, y);
      pen.lineTo(px - HALF, y + way * HEAD);
      pen.lineTo(px + HALF, y + way * HEAD);
      pen.fill();
    }
    pen.font = `600 12px ${theme.font}`;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    pen.lineJoin = 'round';
    pen.lineWidth = 3;
    pen.strokeStyle = theme.background;
    pen.strokeText(name, px + 7, (top + bottom) / 2);
    pen.fillText(name, px + 7, (top + bottom) / 2);
  },
});

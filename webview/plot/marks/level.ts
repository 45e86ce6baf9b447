import { drawSegment } from '../pen';
import { extentOf, type Mark } from './mark';

/** A value of y that lines are meant to come to. */
export interface LevelOptions {
  readonly y: number;
  readonly label: string;
  readonly color: string;
  readonly dash: readonly number[];
}

/** Draws a straight line across the plot, with its name at the left end. */
export const level = ({ y, label, color, dash }: LevelOptions): Mark => ({
  extent: (side, { log }) => (side === 'y' ? extentOf([y], log) : undefined),
  draw(pen, frame) {
    const { left, right } = frame.area;
    const at = Math.round(frame.y(y)) + 0.5;
    pen.strokeStyle = color;
    pen.lineWidth = 1.25;
    drawSegment(pen, left, at, right, at, dash);
  },
  drawAbove(pen, frame) {
    const { left, top } = frame.area;
    const at = frame.y(y);
    pen.font = `11px ${frame.theme.font}`;
    pen.textAlign = 'left';
    // Above the line, or below it where there is no room.
    const above = at - 16 > top;
    pen.textBaseline = above ? 'bottom' : 'top';
    pen.lineJoin = 'round';
    pen.lineWidth = 3;
    pen.strokeStyle = frame.theme.background;
    const height = above ? at - 3 : at + 4;
    pen.strokeText(label, left + 5, height);
    pen.fillStyle = color;
    pen.fillText(label, left + 5, height);
  },
  summary: () => `${label}.`,
});

import type { LegendSymbol, Mark } from './mark';

/** A point of a line that is pointed out. */
export interface RingOptions {
  /** The key of its line: it is hidden with it, and read with it. */
  readonly key: string;
  readonly x: number;
  readonly y: number;
  readonly color: string;
  readonly symbol: LegendSymbol;
  /** What stands beside it. */
  readonly text: string;
  /** What the read-out says of it, and in words for a pointer that rests there and for who cannot see it. */
  readonly read: string;
  readonly words: string;
}

/** Pixels of a ring around a marker, and from its middle to its text. */
const [RADIUS, AWAY] = [8.5, 12];

/** Draws a ring around a point, with a text beside it. */
export const ring = ({ key, x, y, color, symbol, text, read, words }: RingOptions): Mark => ({
  key,
  drawAbove(pen, frame) {
    const { area, theme } = frame;
    const [px, py] = [frame.x(x), frame.y(y)];
    if (!(px >= area.left && px <= area.right && py >= area.top && py <= area.bottom)) return;
    pen.strokeStyle = color;
    pen.lineWidth = 1.75;
    pen.beginPath();
    pen.arc(px, py, RADIUS, 0, 2 * Math.PI);
    pen.stroke();
    pen.font = `600 11px ${theme.font}`;
    pen.textBaseline = 'middle';
    const { width } = pen.measureText(text);
    const right = px + AWAY + width <= area.right;
    pen.textAlign = right ? 'left' : 'right';
    const at = right ? px + AWAY : px - AWAY;
    pen.lineJoin = 'round';
    pen.lineWidth = 3;
    pen.strokeStyle = theme.background;
    pen.strokeText(text, at, py - 6);
    pen.fillStyle = theme.foreground;
    pen.fillText(text, at, py - 6);
  },
  at: () => ({ dots: [], readings: [{ key: `${key} aim`, label: words, text: read, detail: () => words, symbol }] }),
  summary: () => `${words}.`,
});

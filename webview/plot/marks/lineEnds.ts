import { drawSegment } from '../pen';
import type { Frame, Mark } from './mark';
import type { LineMark } from './line';
import { crossing } from './lineNames';

/** A line with what stands at its end. */
export interface NamedLine {
  readonly line: LineMark;
  readonly symbol: string;
  readonly name: string;
  readonly width: number;
  readonly dash: readonly number[];
}

/** Pixels beside the plot that names at the ends of lines take. */
export const GUTTER = 104;

/** Pixels from one name to the next, from the plot to a name, and of the piece of line before it. */
const [ROW, AWAY, SAMPLE] = [29, 10, 14];

/** The height at which a line leaves the plot, or ends in it. */
function endOf(line: LineMark, frame: Frame): number {
  const { right, top, bottom } = frame.area;
  const trace = line.trace(frame);
  const y = crossing(trace, 'x', right - 0.5) ?? trace[trace.length - 1] ?? NaN;
  return Math.min(Math.max(y, top), bottom);
}

/** Heights in their order, moved apart until each has a row of its own between top and bottom. */
export function spreadRows(heights: readonly number[], row: number, top: number, bottom: number): number[] {
  // Ends that meet keep the order in which they were given.
  const level = (i: number) => Math.round(heights[i]! / 4);
  const order = heights.map((_, i) => i).sort((a, b) => level(a) - level(b) || a - b);
  const placed = [...heights];
  let least = top;
  for (const i of order) {
    placed[i] = Math.max(heights[i]!, least);
    least = placed[i] + row;
  }
  let most = bottom;
  for (const i of [...order].reverse()) {
    placed[i] = Math.min(placed[i]!, most);
    most = placed[i] - row;
  }
  return placed;
}

/** Names lines beside the plot, each at its end, with a piece of the line as it is drawn. */
export const lineEnds = (lines: readonly NamedLine[]): Mark => ({
  beside: lines.map(({ line: { color }, symbol, name, width, dash }) => ({ symbol, name, color, width, dash })),
  drawBeside(pen, frame) {
    const { right, top, bottom } = frame.area;
    const { theme } = frame;
    const ends = lines.map(({ line }) => endOf(line, frame));
    const rows = spreadRows(ends, ROW, top + 4, bottom - 10);
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    lines.forEach(({ line, symbol, name, width, dash }, i) => {
      const [end, y] = [ends[i]!, rows[i]!];
      if (Number.isNaN(end)) return;
      pen.strokeStyle = theme.border;
      pen.lineWidth = 1;
      drawSegment(pen, right + 1, end, right + AWAY - 1, y);
      pen.strokeStyle = line.color;
      pen.lineWidth = width;
      drawSegment(pen, right + AWAY, y, right + AWAY + SAMPLE, y, dash);
      pen.fillStyle = theme.foreground;
      pen.font = `600 12px ${theme.font}`;
      pen.fillText(symbol, right + AWAY + SAMPLE + 4, y);
      pen.fillStyle = theme.muted;
      pen.font = `11px ${theme.font}`;
      pen.fillText(name, right + AWAY, y + 13);
    });
  },
});

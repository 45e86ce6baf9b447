import { tickTexts } from '../ticks';
import type { Mark } from './mark';

/** What the colours of cells stand for. */
export interface ColorBarOptions {
  /** From the least to the greatest value. */
  readonly colors: readonly string[];
  /** The decimal logarithms of both. */
  readonly low: number;
  readonly high: number;
  /** Decimal logarithms that are named. */
  readonly ticks: readonly number[];
}

/** Pixels beside the plot that a colour bar takes with its numbers. */
export const COLOR_BAR = 58;

/** Pixels from the plot to the bar, its width, and from it to its numbers. */
const [AWAY, WIDTH, GAP] = [10, 10, 5];

/** Draws a bar of colours beside the plot, as high as that, with numbers on a logarithmic scale. */
export const colorBar = ({ colors, low, high, ticks }: ColorBarOptions): Mark => ({
  drawBeside(pen, frame) {
    const { right, top, bottom } = frame.area;
    const { theme } = frame;
    const [x, height] = [right + AWAY, bottom - top];
    const edge = (k: number) => Math.round(bottom - (k / colors.length) * height);
    colors.forEach((color, k) => {
      pen.fillStyle = color;
      pen.fillRect(x, edge(k + 1), WIDTH, edge(k) - edge(k + 1));
    });
    pen.strokeStyle = theme.border;
    pen.lineWidth = 1;
    pen.beginPath();
    pen.rect(x + 0.5, Math.round(top) + 0.5, WIDTH - 1, Math.round(height) - 1);
    pen.stroke();
    pen.fillStyle = theme.muted;
    pen.font = `11px ${theme.font}`;
    pen.textAlign = 'left';
    pen.textBaseline = 'middle';
    const texts = tickTexts(ticks, true);
    ticks.forEach((tick, i) => {
      const y = bottom - ((tick - low) / (high - low)) * height;
      // whole at both ends of the bar
      pen.fillText(texts[i]!, x + WIDTH + GAP, Math.min(Math.max(y, top + 4), bottom - 4));
    });
  },
});

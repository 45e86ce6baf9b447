import { drawSegment } from '../pen';
import { extentOf, type Mark } from './mark';

/** A straight line across the plot at a value of x or of y. */
export type RuleOptions = {
  readonly color: string;
  readonly dash?: readonly number[] | undefined;
  /** In pixels (1). */
  readonly width?: number | undefined;
} & ({ readonly x: number } | { readonly y: number });

/** Draws a reference line. */
export function rule(options: RuleOptions): Mark {
  const { color, dash, width = 1 } = options;
  return {
    extent(side, { log }) {
      if (side === 'x') return 'x' in options ? extentOf([options.x], log) : undefined;
      return 'y' in options ? extentOf([options.y], log) : undefined;
    },
    draw(pen, frame) {
      const { left, right, top, bottom } = frame.area;
      pen.strokeStyle = color;
      pen.lineWidth = width;
      if ('x' in options) {
        const x = Math.round(frame.x(options.x)) + 0.5;
        drawSegment(pen, x, top, x, bottom, dash);
      } else {
        const y = Math.round(frame.y(options.y)) + 0.5;
        drawSegment(pen, left, y, right, y, dash);
      }
    },
  };
}

import { drawSegment } from '../pen';
import type { Mark } from './mark';

/** Upright intervals, from low to high at each x; NaN where there is none. */
export interface IntervalsOptions {
  readonly key?: string | undefined;
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly color: string;
}

/** Half the width of an interval's ends in pixels. */
const CAP = 4;

/** Draws intervals with short ends. */
export const intervals = ({ key, x, low, high, color }: IntervalsOptions): Mark => ({
  key,
  draw(pen, frame) {
    pen.lineWidth = 1.5;
    pen.strokeStyle = color;
    for (let i = 0; i < x.length; i++) {
      const [px, bottom, top] = [frame.x(x[i]!), frame.y(low[i]!), frame.y(high[i]!)];
      if (!Number.isFinite(px + bottom + top)) continue;
      for (const y of [bottom, top]) drawSegment(pen, px - CAP, y, px + CAP, y);
      drawSegment(pen, px, bottom, px, top);
    }
  },
});

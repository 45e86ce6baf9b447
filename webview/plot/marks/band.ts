import { fade } from '../colors';
import { joined, pointsExtent, type Mark } from './mark';
import { traceMemo, type Trace } from './trace';

/** The space between two curves over one x. */
export interface BandOptions {
  /** What it is hidden with. */
  readonly key?: string | undefined;
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly color: string;
  readonly opacity: number;
  /** Whether it is left out where the ends of the y axis are sought: the lines at its edges count already. */
  readonly edged?: boolean | undefined;
}

/** Fills between two curves. */
export function band({ key, x, low, high, color, opacity, edged = false }: BandOptions): Mark {
  const [lowTrace, highTrace] = [traceMemo(x, low), traceMemo(x, high)];
  const ink = fade(color, opacity);
  return {
    key,
    ...(!edged && {
      extent: (side, scope) => joined(pointsExtent(x, low, side, scope), pointsExtent(x, high, side, scope)),
    }),
    draw(pen, frame) {
      const down = lowTrace(frame);
      const up = highTrace(frame);
      const reach = (trace: Trace, i: number) => {
        const x = trace[i]!;
        if (!Number.isNaN(x)) pen.lineTo(x, trace[i + 1]!);
      };
      pen.beginPath();
      for (let i = 0; i < down.length; i += 2) reach(down, i);
      for (let i = up.length - 2; i >= 0; i -= 2) reach(up, i);
      pen.closePath();
      pen.fillStyle = ink;
      pen.fill();
    },
  };
}

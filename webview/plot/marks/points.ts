import { formatNumber } from '../../../src/core/text/format';
import { fade } from '../colors';
import { drawMarker, type Marker } from '../markers';
import { nearest, pointsExtent, type Frame, type LegendEntry, type Mark } from './mark';
import type { Pen } from '../pen';

/** Points that are not joined. */
export interface PointsOptions {
  /** Their name in the legend; none where empty. */
  readonly label: string;
  readonly key?: string | undefined;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color: string;
  readonly marker: Marker;
  readonly opacity?: number | undefined;
  /** The size of the markers beside what they have (1). */
  readonly scale?: number | undefined;
  /** Left out of the read-out and of copied and saved data. */
  readonly guide?: boolean | undefined;
  /** Whether a thin edge in the colour of the background sets it off from what lies under it. */
  readonly edged?: boolean | undefined;
  /** Drawn before the lines and not above them. */
  readonly under?: boolean | undefined;
  /** What a point is, beside its place. */
  readonly text?: ((i: number) => string) | undefined;
}

/** Draws a marker at each point. */
export function points(options: PointsOptions): Mark {
  const {
    label,
    x,
    y,
    color,
    marker,
    opacity = 1,
    guide = false,
    under = false,
    text,
    edged = false,
    scale = 1,
  } = options;
  const { key = label || undefined } = options;
  const ink = opacity < 1 ? fade(color, opacity) : color;
  const legend: LegendEntry | undefined =
    label && key !== undefined ? { key, label, color, marker, line: false } : undefined;
  const draw = (pen: Pen, frame: Frame) => {
    const { left, right, top, bottom } = frame.area;
    for (let i = 0; i < x.length; i++) {
      const px = frame.x(x[i]!);
      const py = frame.y(y[i]!);
      if (px >= left - 1 && px <= right + 1 && py >= top - 1 && py <= bottom + 1)
        drawMarker(pen, marker, ink, px, py, edged ? frame.theme.background : undefined, scale);
    }
  };
  return {
    key,
    legend,
    extent: (side, scope) => pointsExtent(x, y, side, scope),
    ...(under ? { draw } : { drawAbove: draw }),
    ...(!guide &&
      key !== undefined && {
        near(px, py, frame) {
          const found = nearest(x, y, px, py, frame);
          if (!found) return undefined;
          const at = { x: x[found.index]!, y: y[found.index]! };
          const words = text?.(found.index) ?? `${formatNumber(at.x)}, ${formatNumber(at.y)}`;
          const symbol = { color, marker, line: false };
          return { distance: found.distance, dot: { ...at, color }, reading: { key, label, text: words, symbol } };
        },
        numbers: (titles) => ({
          names: [`${titles.x} ${label}`, `${titles.y} ${label}`],
          columns: [Float64Array.from(x), Float64Array.from(y)],
        }),
      }),
  };
}

import type { Pen } from './pen';

/** The markers of points, in the order in which rows take them. */
export const MARKERS = ['circle', 'square', 'triangle', 'diamond', 'cross', 'plus', 'wedge', 'ring'] as const;

/** The markers of classes: ten, as there are colours of classes. */
export const CLASS_MARKERS = [...MARKERS, 'star', 'dash'] as const;

/** A marker; a dot is a small circle, and a speck a smaller square. */
export type Marker = (typeof CLASS_MARKERS)[number] | 'dot' | 'speck';

/** Half the size of a marker in pixels. */
const R = 4;

/** Corners of the markers with straight edges, around the middle. */
const CORNERS: Partial<Record<Marker, readonly (readonly [number, number])[]>> = {
  square: [[-R, -R], [R, -R], [R, R], [-R, R]], // prettier-ignore
  speck: [[-1, -1], [1.5, -1], [1.5, 1.5], [-1, 1.5]], // prettier-ignore
  triangle: [[0, -R - 1], [R + 1, R], [-R - 1, R]], // prettier-ignore
  wedge: [[0, R + 1], [R + 1, -R], [-R - 1, -R]], // prettier-ignore
  diamond: [[0, -R - 1], [R + 1, 0], [0, R + 1], [-R - 1, 0]], // prettier-ignore
};

/** Strokes of the markers that are not filled, as from and to. */
const STROKES: Partial<Record<Marker, readonly (readonly [number, number, number, number])[]>> = {
  cross: [[-R, -R, R, R], [-R, R, R, -R]], // prettier-ignore
  plus: [[-R - 1, 0, R + 1, 0], [0, -R - 1, 0, R + 1]], // prettier-ignore
  star: [[-R - 1, 0, R + 1, 0], [-R / 2, -R, R / 2, R], [-R / 2, R, R / 2, -R]], // prettier-ignore
  dash: [[-R - 1, 0, R + 1, 0]],
};

/** Draws a marker of about eight pixels around a point; a circle, dot or ring with a thin edge of a colour, if given. */
export function drawMarker(
  pen: Pen,
  marker: Marker,
  color: string,
  x: number,
  y: number,
  edge?: string,
  scale = 1,
): void {
  pen.fillStyle = color;
  pen.strokeStyle = color;
  pen.lineWidth = 2;
  pen.beginPath();
  const corners = CORNERS[marker];
  const strokes = STROKES[marker];
  if (corners) {
    corners.forEach(([dx, dy], i) =>
      i ? pen.lineTo(x + scale * dx, y + scale * dy) : pen.moveTo(x + scale * dx, y + scale * dy),
    );
    pen.closePath();
    pen.fill();
  } else if (strokes) {
    for (const [x0, y0, x1, y1] of strokes) {
      pen.moveTo(x + scale * x0, y + scale * y0);
      pen.lineTo(x + scale * x1, y + scale * y1);
    }
    pen.stroke();
  } else {
    pen.arc(x, y, scale * (marker === 'dot' ? 2.5 : marker === 'ring' ? R - 0.5 : R), 0, 2 * Math.PI);
    if (edge !== undefined) {
      // first, and wider than what covers its middle
      pen.strokeStyle = edge;
      pen.lineWidth = marker === 'ring' ? 3.5 : 2;
      pen.stroke();
      pen.strokeStyle = color;
      pen.lineWidth = 2;
    }
    if (marker === 'ring') pen.stroke();
    else pen.fill();
  }
}

/** A point of the unit square: x to the right, y down. */
export type Point = readonly [number, number];

/** Points of an ellipse's arc from one angle to another, in turns clockwise from the right. */
function arc([x, y]: Point, [a, b]: Point, from: number, to: number): Point[] {
  const pieces = Math.max(3, Math.ceil(Math.abs(to - from) * 14));
  return Array.from({ length: pieces + 1 }, (_, i) => {
    const angle = 2 * Math.PI * (from + ((to - from) * i) / pieces);
    return [x + a * Math.cos(angle), y + b * Math.sin(angle)] as const;
  });
}

/** The strokes of each digit, 0 to 9: polylines in the unit square. */
export const DIGITS: readonly (readonly (readonly Point[])[])[] = [
  [arc([0.5, 0.5], [0.24, 0.36], 0, 1)],
  [
    [
      [0.36, 0.28],
      [0.54, 0.14],
      [0.54, 0.86],
    ],
  ],
  [[...arc([0.5, 0.33], [0.22, 0.19], -0.45, 0.1), [0.27, 0.86], [0.76, 0.86]]],
  [arc([0.47, 0.31], [0.22, 0.17], -0.42, 0.25), arc([0.47, 0.67], [0.25, 0.19], -0.25, 0.42)],
  [
    [
      [0.62, 0.86],
      [0.62, 0.14],
      [0.24, 0.62],
      [0.78, 0.62],
    ],
  ],
  [[[0.72, 0.14], [0.34, 0.14], [0.31, 0.46], ...arc([0.49, 0.63], [0.24, 0.22], -0.33, 0.42)]],
  [[[0.66, 0.14], [0.4, 0.36], ...arc([0.5, 0.65], [0.23, 0.21], 0.5, 1.5)]],
  [
    [
      [0.25, 0.14],
      [0.75, 0.14],
      [0.42, 0.86],
    ],
  ],
  [arc([0.5, 0.31], [0.19, 0.17], 0, 1), arc([0.5, 0.67], [0.23, 0.19], 0, 1)],
  [[...arc([0.5, 0.35], [0.22, 0.21], 0, 1), [0.72, 0.35], [0.62, 0.86]]],
];

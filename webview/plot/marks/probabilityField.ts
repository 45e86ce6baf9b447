import { channelsOf } from '../colors';
import type { LegendEntry, LegendSymbol, Mark } from './mark';
import type { Range } from '../range';

/** One class of a field of probabilities over a grid of points. */
export interface ProbabilityFieldOptions {
  readonly legend: LegendEntry;
  /** The first and the last point of the grid along each axis. */
  readonly x: Range;
  readonly y: Range;
  /** Points a side. */
  readonly size: number;
  /** How many classes share the probability. */
  readonly classes: number;
  /** The probability of the class at a point; rows go along y. */
  readonly probability: (column: number, row: number) => number;
  /** Whether the class is the likeliest at a point: it is then what the read-out names. */
  readonly leads: (column: number, row: number) => boolean;
  readonly text: (column: number, row: number) => string;
}

/** The most of the colour that a class has where it is certain. */
const INK = 0.55;

/**
 * Draws the colour of a class by its probability, smooth between the points of the grid. It fades to nothing where the
 * class is no likelier than any other: so the colours of all classes together leave a bright line where they meet.
 */
export function probabilityField(options: ProbabilityFieldOptions): Mark {
  const { legend, x, y, size, leads, text } = options;
  const { key, label, color } = legend;
  const half = (range: Range) => (range[1] - range[0]) / (size - 1) / 2;
  const ends = (range: Range): Range => [range[0] - half(range), range[1] + half(range)];
  let picture: HTMLCanvasElement | undefined;
  const indexAt = (value: number, [low, high]: Range) => Math.round(((value - low) / (high - low)) * (size - 1));
  return {
    key,
    legend,
    extent: (side) => (side === 'x' ? x : y),
    draw(pen, frame) {
      picture ??= pictureOf(options);
      const [left, right] = ends(x).map((value) => frame.x(value)) as [number, number];
      const [bottom, top] = ends(y).map((value) => frame.y(value)) as [number, number];
      pen.drawImage(picture, left, top, right - left, bottom - top);
    },
    near(px, py, frame) {
      const [column, row] = [indexAt(frame.xAt(px), x), indexAt(frame.yAt(py), y)];
      const inside = (index: number) => index >= 0 && index < size;
      if (!inside(column) || !inside(row) || !leads(column, row)) return undefined;
      const symbol: LegendSymbol = { color, marker: 'square', line: false };
      return { distance: 0, reading: { key: key ?? label, label: 'class', text: text(column, row), symbol } };
    },
  };
}

/** A pixel for each point of the grid, the last row on top. */
function pictureOf({ legend, size, classes, probability }: ProbabilityFieldOptions): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const pen = canvas.getContext('2d')!;
  const image = pen.createImageData(size, size);
  const [red, green, blue] = channelsOf(legend.color);
  const even = 1 / classes;
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) {
      const above = (probability(column, row) - even) / (1 - even);
      image.data.set([red, green, blue, 255 * INK * Math.max(0, above)], 4 * ((size - 1 - row) * size + column));
    }
  pen.putImageData(image, 0, 0);
  return canvas;
}

/** The size of a picture in pixels. */
export interface ImageShape {
  readonly width: number;
  readonly height: number;
}

/** The fewest pixels on a side. */
const SMALLEST = 4;

/** A pixel's place as readers of images name it. */
const PLACE = /^pixel (\d+),(\d+)$/;

/** A pixel's number, as tables of images name their columns: p0, pixel1, px_2. */
const NUMBERED = /^(?:p|px|pix|pixel)[ _-]?(\d+)$/i;

/**
 * The size of the pictures that rows are, by the names of their features: places, or numbers one after another that fill
 * a square. Undefined where the names say nothing of the kind.
 */
export function imageShape(features: readonly string[]): ImageShape | undefined {
  const place = PLACE.exec(features.at(-1) ?? '');
  if (place) {
    const [height, width] = [Number(place[1]), Number(place[2])];
    return height * width === features.length ? { width, height } : undefined;
  }
  const side = Math.sqrt(features.length);
  if (!Number.isInteger(side) || side < SMALLEST) return undefined;
  const numbers = features.map((name) => Number(NUMBERED.exec(name)?.[1] ?? NaN));
  return numbers.every((value, i) => value === numbers[0]! + i) ? { width: side, height: side } : undefined;
}

/** Values as ink, 0 to 255 from low to high; one that is missing has none. */
export function inkOf(values: Iterable<number>, low: number, high: number): Uint8Array {
  const span = high - low || 1;
  return Uint8Array.from(values, (value) => Math.min(255, Math.max(0, (255 * (value - low)) / span)));
}

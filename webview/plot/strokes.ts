import type { Theme } from './theme';

/** How a line is drawn, everywhere: on plots, in legends and in tables. */
export interface Stroke {
  readonly color: string;
  readonly dash: readonly number[];
}

/** Dashes that can be told apart at a length of 20 pixels. */
export const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [2, 2],
  [8, 2, 2, 2],
  [12, 3],
  [5, 2, 1, 2],
  [10, 3, 2, 3, 2, 3],
  [16, 4],
];

type Colors = Pick<Theme, 'series' | 'print'>;

/** The colour of the k-th line of a plot, from the theme's chart colours. */
export const seriesColor = ({ series }: Colors, k: number): string => series[k % series.length]!;

/**
 * How the k-th of several lines is drawn. The colours come first; after each pass through them the dash changes, so that
 * as many lines differ as there are colours times dashes (48 with six colours). In print the dash changes with each line.
 */
export function strokeOf({ series, print = false }: Colors, k: number): Stroke {
  const pass = print ? k : Math.floor(k / series.length);
  return { color: series[k % series.length]!, dash: DASHES[pass % DASHES.length]! };
}

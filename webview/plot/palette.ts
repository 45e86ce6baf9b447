import { CLASS_MARKERS, type Marker } from './markers';
import type { Theme } from './theme';

/**
 * Ten colours for classes, told apart by people with colour-blindness too: the eight of Okabe and Ito (2008), then two of
 * Tol (2021). For each background those that are too near it are made lighter or darker.
 */
const ON_DARK = [
  '#4477EE', // blue, lighter
  '#E69F00', // orange
  '#009E73', // bluish green
  '#CC79A7', // reddish purple
  '#F0E442', // yellow
  '#D55E00', // vermillion
  '#56B4E9', // sky blue
  '#DDDDDD', // black, turned light
  '#EE6677', // red, of Tol
  '#FFAABB', // pink, of Tol
];

const ON_LIGHT = [
  '#0072B2', // blue
  '#C98200', // orange, darker
  '#009E73', // bluish green
  '#B85C90', // reddish purple, darker
  '#7A7300', // yellow, darker
  '#E04B1A', // vermillion, redder
  '#3399DD', // sky blue, darker
  '#222222', // black
  '#882255', // wine, of Tol
  '#332288', // indigo, of Tol
];

/** The colours of classes, in order. */
export const classColors = ({ dark }: Pick<Theme, 'dark'>): readonly string[] => (dark ? ON_DARK : ON_LIGHT);

/** The colour of the k-th class; after ten they begin again. */
export const classColor = (theme: Pick<Theme, 'dark'>, k: number): string =>
  classColors(theme)[k % classColors(theme).length]!;

/** The marker of the k-th class: after ten classes each colour gets another one, so that a hundred can be told apart. */
export const classMarker = (k: number): Marker =>
  CLASS_MARKERS[(k + Math.floor(k / CLASS_MARKERS.length)) % CLASS_MARKERS.length]!;

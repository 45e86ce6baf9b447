import { TEXT } from '../axes';

/** The size of a figure and of its letters, as a journal or a slide asks for them. */
export interface PaperPreset {
  readonly id: string;
  readonly title: string;
  /** In millimetres; the height follows from the charts where it is not given. */
  readonly width: number;
  readonly height?: number | undefined;
  /** Of its letters, in points. */
  readonly letters: number;
}

/** Sizes that are asked for most. */
export const presets: readonly PaperPreset[] = [
  { id: 'single', title: 'Single column', width: 85, letters: 8 },
  { id: 'double', title: 'Double column', width: 178, letters: 8 },
  { id: 'slide', title: 'Slide', width: 254, height: 143, letters: 14 },
];

/** Points of a millimetre, and dots of one in a picture of 300 dpi. */
export const POINTS = 72 / 25.4;
export const DOTS = 300 / 25.4;

/** Sizes that can be asked for: of a side in millimetres, and of letters in points. */
export const SIDES = { min: 30, max: 600 } as const;
export const LETTERS = { min: 6, max: 24 } as const;

/** Points of a pixel, so that the letters of a plot have a size on paper. */
export const pointsOfPixel = (letters: number): number => letters / TEXT;

/** Pixels of a length on paper, in millimetres, where letters have a size in points. */
export const pixelsOf = (length: number, letters: number): number => (length * POINTS) / pointsOfPixel(letters);

/** Millimetres of pixels, where letters have a size in points. */
export const millimetresOf = (pixels: number, letters: number): number => (pixels * pointsOfPixel(letters)) / POINTS;

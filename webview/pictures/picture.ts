import type { Range } from '../charts/gestures';

export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'cross' | 'dot';

/** One line or cloud of a picture; x and y have one length, and what is not finite breaks the line. */
export interface Series {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly color: string;
  readonly dash?: readonly number[] | undefined;
  readonly width?: number | undefined;
  readonly opacity?: number | undefined;
  /** At every point. */
  readonly marker?: Marker | undefined;
  /** Whether the points are joined (yes). */
  readonly line?: boolean | undefined;
  /** Left out of copied and saved data: a guide for the eye. */
  readonly guide?: boolean | undefined;
}

/** The space between two curves over one x, filled. */
export interface Band {
  readonly x: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly color: string;
  readonly opacity: number;
}

export interface Side {
  readonly title: string;
  readonly log?: boolean | undefined;
  /** The ends where they do not follow from the data, in the data's units; they may depend on the part of x that is shown. */
  readonly range?: Range | ((shown: Range | undefined) => Range) | undefined;
  /** What stands in [0, 1], [1, 2] and so on: named in the middle of each, in place of numbers. */
  readonly names?: readonly string[] | undefined;
  /** Where marks stand, in the data's units, where they are not round numbers. */
  readonly marks?: readonly number[] | undefined;
  /** The largest value there can be, in the data's units: the room beyond it has no marks. */
  readonly most?: number | undefined;
  /** Whether marks are powers of ten of what is laid out: an axis of decimal logarithms. */
  readonly powers?: boolean | undefined;
}

/** A picture of series over two axes; `under` draws on the plot's area before them. */
export interface Picture {
  readonly x: Side;
  readonly y: Side;
  readonly series: readonly Series[];
  readonly bands?: readonly Band[] | undefined;
  readonly under?: ((paint: Paint) => void) | undefined;
  /** The part of the x axis that was computed; what is outside is shaded. */
  readonly inside?: Range | undefined;
}

/** Where and with what a picture is drawn; `at` gives pixels of data. */
export interface Paint {
  readonly ctx: CanvasRenderingContext2D;
  readonly area: { left: number; right: number; top: number; bottom: number };
  readonly at: (x: number, y: number) => [number, number];
}

/** A place on a picture that belongs to the cursor. */
export interface Mark {
  readonly x: number;
  readonly y: number;
  readonly color: string;
}

/** How a picture is looked at; the same object as long as nothing in it changed. */
export interface Look {
  /** Where the marker line stands on the x axis; none where undefined. */
  readonly cursor?: number | undefined;
  readonly marks?: readonly Mark[] | undefined;
  /** The part of the x axis that is shown; all where undefined. */
  readonly range?: Range | undefined;
  /** The stretch of the x axis that a drag is choosing. */
  readonly brush?: Range | undefined;
}

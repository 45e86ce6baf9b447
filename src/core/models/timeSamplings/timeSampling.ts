import type { Window } from '../../schedules/window';

/** The law of t in a batch, as a change of a uniform share of it. */
export interface TimeLaw {
  /** Whether a batch has one time in each of its equal shares: less noise in the loss, for nothing. */
  readonly stratified: boolean;
  /** The time below which a share (0 to 1) of the law lies. */
  time(share: number): number;
  /** The density of the law at a time, over that of the uniform law on the window; absent where that is 1 throughout. */
  density?(t: number): number;
}

/** A way to draw the times of a batch; the loss is the same expectation under each, its noise is not. */
export interface TimeSampling {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** `weight` is the weight of the loss at a time. */
  law(window: Window, weight: (t: number) => number): TimeLaw;
}

/** The time below which a share of the uniform law on a window lies. */
export const uniformTime =
  ({ start, end }: Window) =>
  (share: number): number =>
    start + share * (end - start);

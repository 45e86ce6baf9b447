import type { Random } from '../../math/random';

/** What a start may use: the place where it begins and the clean states it should lead to. */
export interface StartPlace {
  /** gamma at the first time of the grid. */
  readonly logSnr: number;
  /** What the state is a multiple of, where the dynamics scales it (1). */
  readonly scale?: number | undefined;
  /** n x d clean states, one for every path. */
  readonly targets: Float64Array;
  readonly random: Random;
}

/** Mean and variance of one coordinate. */
export interface StartMoments {
  readonly mean: number;
  readonly variance: number;
}

/** A row of the registry: one law of the states at the first time. */
export interface Start {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** Writes n x d states. */
  fill(place: StartPlace, out: Float64Array): void;
  /** Mean and variance of a coordinate, where the clean states have these. */
  moments(place: Pick<StartPlace, 'logSnr' | 'scale'>, clean: StartMoments): StartMoments;
}

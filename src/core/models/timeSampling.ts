import { rowOf } from '../registry/parameters';
import type { Window } from '../schedules/window';

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

const uniform = ({ start, end }: Window) => ({ time: (share: number) => start + share * (end - start) });

/** Cells of the window over which the density of the importance law is constant. */
const CELLS = 1024;

/** The law with density in proportion to the weight, which is taken at the middle of each cell. */
function importance({ start, end }: Window, weight: (t: number) => number): TimeLaw {
  const cell = (end - start) / CELLS;
  const below = new Float64Array(CELLS + 1);
  for (let k = 0; k < CELLS; k++) below[k + 1] = below[k]! + weight(start + (k + 0.5) * cell);
  const total = below[CELLS]!;
  const density = (k: number) => ((below[k + 1]! - below[k]!) * CELLS) / total;
  return {
    stratified: true,
    time(share) {
      const mass = share * total;
      let [low, high] = [0, CELLS];
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (below[middle]! <= mass) low = middle;
        else high = middle;
      }
      return start + (low + (mass - below[low]!) / (below[low + 1]! - below[low]!)) * cell;
    },
    density: (t) => density(Math.max(0, Math.min(CELLS - 1, Math.floor((t - start) / cell)))),
  };
}

export const timeSamplings: readonly TimeSampling[] = [
  {
    id: 'stratified',
    title: 'Stratified',
    summary: 'uniform, with one time in each equal part of the window (Kingma et al., VDM, 2021)',
    law: (window) => ({ stratified: true, ...uniform(window) }),
  },
  {
    id: 'uniform',
    title: 'Uniform',
    summary: 'uniform and independent',
    law: (window) => ({ stratified: false, ...uniform(window) }),
  },
  {
    id: 'importance',
    title: 'By importance',
    summary: "stratified, with a density in proportion to the loss's weight, which is divided by it",
    law: importance,
  },
];

/** The row of this id; an InputError that lists the known ids where there is none. */
export const timeSampling = (id: string): TimeSampling => rowOf('time sampling', timeSamplings, id);

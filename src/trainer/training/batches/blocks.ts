import type { Experiment } from '../../../core/experiment/experiment';
import { entrySchedule } from '../../../core/schedules/entry';
import { experimentWindow } from '../../../core/experiment/experimentFlow';
import { createGrid } from '../../../core/grids';
import type { Boundaries } from '../../../core/models';
import { snrGain } from '../../../core/process/marginals';
import type { Schedule } from '../../../core/schedules';
import type { Window } from '../../../core/schedules/window';

/** The blocks of NoProp-DT: block k leads from time k to time k + 1. */
export interface Blocks {
  readonly schedule: Schedule;
  readonly window: Window;
  /** T + 1 times, the first and last exactly the window's. */
  readonly times: Float64Array;
  /** The weight of each block's loss: 1/2 (SNR_t - SNR_s), or half the integral of min(SNR', cap) where that is less. */
  readonly weights: Float64Array;
}

/** Cells over which a capped weight is summed up: of the whole window, and of a block. */
const [CELLS, BLOCK_CELLS] = [4096, 256];

/** The integral of min(SNR', cap) over a short time; exact where the cap is not reached, or throughout. */
const weightOf = ({ logSnr }: Schedule, cap: number, from: number, to: number): number =>
  Math.min(snrGain(logSnr(from), logSnr(to)), cap * (to - from));

/** The same from a time to each end of equal cells up to another. */
function weightsBelow(schedule: Schedule, cap: number, from: number, to: number, cells: number): Float64Array {
  const below = new Float64Array(cells + 1);
  const edge = (k: number) => (k === cells ? to : from + (k * (to - from)) / cells);
  for (let k = 1; k <= cells; k++) below[k] = below[k - 1]! + weightOf(schedule, cap, edge(k - 1), edge(k));
  return below;
}

/** The times that part the window into equal shares of the loss's weight. */
function equalShares(schedule: Schedule, { start, end }: Window, cap: number, count: number): Float64Array {
  const below = weightsBelow(schedule, cap, start, end, CELLS);
  let cell = 0;
  return Float64Array.from({ length: count + 1 }, (_, k) => {
    if (k === 0 || k === count) return k ? end : start;
    const share = (below[CELLS]! * k) / count;
    while (below[cell + 1]! < share) cell++;
    const edge = start + (cell * (end - start)) / CELLS;
    let [low, high] = [edge, start + ((cell + 1) * (end - start)) / CELLS];
    for (let t = (low + high) / 2; t > low && t < high; t = (low + high) / 2)
      if (weightOf(schedule, cap, edge, t) < share - below[cell]!) low = t;
      else high = t;
    return high;
  });
}

/** How the times of each kind of boundaries are made. */
const timesOf: Readonly<
  Record<Boundaries, (schedule: Schedule, window: Window, cap: number, count: number) => Float64Array>
> = {
  'equal-loss': equalShares,
  'uniform-t': (schedule, window, _cap, count) => createGrid('uniform-t').times({ schedule, window }, count),
  'uniform-gamma': (schedule, window, _cap, count) => createGrid('uniform-gamma').times({ schedule, window }, count),
};

/** The blocks of an experiment; an InputError where its schedule lies outside the window. */
export function blocksOf(experiment: Experiment): Blocks {
  const schedule = entrySchedule(experiment.schedules[0]!);
  const window = experimentWindow(experiment);
  const { blocks, boundaries } = experiment.model;
  const { weightCap } = experiment.training;
  const times = timesOf[boundaries](schedule, window, weightCap, blocks);
  const weights = Float64Array.from({ length: blocks }, (_, k) => {
    const below = weightsBelow(schedule, weightCap, times[k]!, times[k + 1]!, BLOCK_CELLS);
    return below[BLOCK_CELLS]! / 2;
  });
  return { schedule, window, times, weights };
}

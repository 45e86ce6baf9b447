import type { Experiment } from '../experiment/experiment';
import { entrySchedule } from '../schedules/entry';
import { experimentWindow } from '../experiment/experimentFlow';
import { createGrid } from '../grids';
import type { Boundaries } from '../models';
import { InputError } from '../registry/problem';
import { snrGain } from '../process/marginals';
import type { Schedule } from '../schedules';
import type { Window } from '../schedules/window';

/** The blocks of NoProp-DT: block k leads from time k to time k + 1. */
export interface Blocks {
  readonly schedule: Schedule;
  readonly window: Window;
  /** T + 1 times, the first and last exactly the window's. */
  readonly times: Float64Array;
  /** The weight of each block's loss: 1/2 (SNR_t - SNR_s), or half the integral of min(SNR', cap) where that is less. */
  readonly weights: Float64Array;
}

/** Numbers of cells over which a capped weight is summed: over the whole window, and over a block. */
const [CELLS, BLOCK_CELLS] = [4096, 256];

/** The integral of min(SNR', cap) over a short time. It is exact where SNR' stays on one side of the cap. */
const weightOf = ({ logSnr }: Schedule, cap: number, from: number, to: number): number =>
  Math.min(snrGain(logSnr(from), logSnr(to)), cap * (to - from));

/** The same integral from a time to the end of each of equal cells, up to another time. */
function weightsBelow(schedule: Schedule, cap: number, from: number, to: number, cells: number): Float64Array {
  const below = new Float64Array(cells + 1);
  const edge = (k: number) => (k === cells ? to : from + (k * (to - from)) / cells);
  for (let k = 1; k <= cells; k++) below[k] = below[k - 1]! + weightOf(schedule, cap, edge(k - 1), edge(k));
  return below;
}

/** Times that divide the window into blocks of equal weight in the loss. */
function equalWeights(schedule: Schedule, { start, end }: Window, cap: number, count: number): Float64Array {
  const below = weightsBelow(schedule, cap, start, end, CELLS);
  let cell = 0;
  return Float64Array.from({ length: count + 1 }, (_, k) => {
    if (k === 0 || k === count) return k ? end : start;
    const weight = (below[CELLS]! * k) / count;
    while (below[cell + 1]! < weight) cell++;
    const edge = start + (cell * (end - start)) / CELLS;
    let [low, high] = [edge, start + ((cell + 1) * (end - start)) / CELLS];
    for (let t = (low + high) / 2; t > low && t < high; t = (low + high) / 2)
      if (weightOf(schedule, cap, edge, t) < weight - below[cell]!) low = t;
      else high = t;
    return high;
  });
}

/** The times of the blocks, for each kind of boundaries. */
const timesOf: Readonly<
  Record<Boundaries, (schedule: Schedule, window: Window, cap: number, count: number) => Float64Array>
> = {
  'equal-loss': equalWeights,
  'uniform-t': (schedule, window, _cap, count) => createGrid('uniform-t').times({ schedule, window }, count),
  'uniform-gamma': (schedule, window, _cap, count) => createGrid('uniform-gamma').times({ schedule, window }, count),
};

/** The blocks of an experiment. An InputError where its schedule lies outside the window, or leaves no room for them. */
export function blocksOf(experiment: Experiment): Blocks {
  const schedule = entrySchedule(experiment.schedules[0]!);
  const window = experimentWindow(experiment);
  const { blocks, boundaries } = experiment.model;
  const { weightCap } = experiment.training;
  const times = timesOf[boundaries](schedule, window, weightCap, blocks);
  if (times.length <= blocks)
    throw new InputError(
      `the schedule rises so fast that there are only ${times.length - 1} blocks of ${boundaries} in the window: ` +
        'choose fewer blocks or a smaller window',
    );
  const weights = Float64Array.from({ length: blocks }, (_, k) => {
    const below = weightsBelow(schedule, weightCap, times[k]!, times[k + 1]!, BLOCK_CELLS);
    return below[BLOCK_CELLS]! / 2;
  });
  return { schedule, window, times, weights };
}

import type { Window } from '../../schedules/window';
import type { TimeLaw, TimeSampling } from './timeSampling';

/** Cells of the window over which the density of the importance law is constant. */
const CELLS = 1024;

/** The law with density in proportion to the weight, which is taken at the middle of each cell. */
function importanceLaw({ start, end }: Window, weight: (t: number) => number): TimeLaw {
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

export const importance: TimeSampling = {
  id: 'importance',
  title: 'By importance',
  summary: "stratified, with a density in proportion to the loss's weight, which is divided by it",
  law: importanceLaw,
};

import type { Parameter } from '../registry/parameters';
import { InputError } from '../registry/problem';
import { within, type Grid } from './grid';

/** The rows of a table of discrete times. */
export const rows: Parameter = {
  title: 'Rows of the table',
  symbol: 'N',
  summary: 'rows of the table, row i being at t = 1 − (i + 1)/N',
  default: 1000,
  min: 2,
  max: 100_000,
  integer: true,
  slider: [10, 1000],
  unit: 'rows',
};

/** How many rows at the data end are spaced with the others, and have no step of their own. */
export const spare: Parameter = {
  symbol: 'e',
  summary: 'rows at the data end that are spaced with the others but left out: 1 in the multistep classes of diffusers',
  default: 0,
  min: 0,
  max: 1,
  integer: true,
  slider: [0, 1],
  unit: 'rows',
};

/**
 * Steps that begin at chosen rows of a table, row i at t = 1 - (i + 1)/N, and end at the window's end. The first begins
 * at the window's start, where the states are. Rows outside the window are left out. An InputError where the table has
 * no such row, or where there are more than `most` steps.
 */
export const tableGrid = (
  id: string,
  count: number,
  row: (k: number, steps: number) => number,
  most = count,
): Grid => ({
  id,
  times({ window }, steps) {
    if (steps > most) throw new InputError(`the grid ${id} has ${most} rows, too few for ${steps} steps`);
    const first = row(0, steps);
    if (first >= count)
      throw new InputError(
        `${steps} steps of the grid ${id} begin at row ${first}, and its table ends at row ${count - 1}: take fewer steps, or offset 0`,
      );
    const chosen = Array.from({ length: steps }, (_, k) => 1 - (row(k, steps) + 1) / count);
    return within(window, chosen.slice(1));
  },
});

/** To the nearest whole number, halves to the even one. */
export const nearest = (x: number): number => {
  const low = Math.floor(x);
  const rest = x - low;
  return rest < 0.5 || (rest === 0.5 && low % 2 === 0) ? low : low + 1;
};

/** Place k of `count` numbers from 0 to `last`, in NumPy's own arithmetic: where a half is rounded, its last digit counts. */
export const linspaced = (last: number, count: number, k: number): number =>
  k > 0 && k === count - 1 ? last : k * (last / Math.max(1, count - 1));

/** Place k of the numbers from `first` down by `step`, in the arithmetic of NumPy's arange. */
export const ranged = (first: number, step: number, k: number): number => first + k * (first - step - first);

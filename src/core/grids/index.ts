import { fillValues, rowOf, type Values } from '../registry/parameters';
import { InputError } from '../registry/problem';
import { betaSigmas } from './betaSigmas';
import { distilled } from './distilled';
import { evenTimes } from './evenTimes';
import { exponentialSigmas } from './exponentialSigmas';
import { flowTerminal } from './flowTerminal';
import type { Grid, GridFamily } from './grid';
import { karras } from './karras';
import { karrasSigmas } from './karrasSigmas';
import { leading } from './leading';
import { linspace } from './linspace';
import { list } from './list';
import { quadratic } from './quadratic';
import { trailing } from './trailing';
import { uniformGamma } from './uniformGamma';
import { uniformPsi } from './uniformPsi';
import { uniformT } from './uniformT';

/** Every grid of steps, in the order the pickers show. A new one is a file beside this and a row here. */
export const grids: readonly GridFamily[] = [
  uniformT,
  uniformGamma,
  uniformPsi,
  karras,
  quadratic,
  trailing,
  leading,
  linspace,
  list,
  karrasSigmas,
  exponentialSigmas,
  betaSigmas,
  flowTerminal,
  distilled,
  evenTimes,
];

export const gridIds = grids.map((row) => row.id);

/** The family of this id; an InputError that lists the known ids where there is none. */
export const gridFamily = (id: string): GridFamily => rowOf('grid', grids, id);

/** The grid with defaults filled in; an InputError names the parameter, its value and what is allowed. */
export function createGrid(id: string, params: Partial<Values> = {}, times: readonly number[] = []): Grid {
  const family = gridFamily(id);
  const problem = family.takes === 'times' ? timesProblem(times) : undefined;
  if (problem) throw new InputError(`${id}: ${problem}`);
  return family.create(fillValues(family, params), times);
}

/** What is wrong with given times, in words. */
export const timesProblem = (times: readonly number[]): string | undefined => {
  const wrong = times.findIndex((t, i) => !(t >= 0 && t <= 1) || (i > 0 && t <= times[i - 1]!));
  if (!times.length) return 'times must be a list of at least one number from 0 to 1';
  return wrong < 0 ? undefined : `times must ascend from 0 to 1: got ${times[wrong]} at place ${wrong + 1}`;
};

export type { Grid, GridFamily, GridPlace } from './grid';

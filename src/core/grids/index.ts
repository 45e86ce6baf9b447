import { rowOf } from '../parameters';
import type { Grid } from './grid';
import { uniformGamma } from './uniformGamma';
import { uniformT } from './uniformT';

/** Every grid of steps, in the order the pickers show. A new one is a file beside this and a row here. */
export const grids: readonly Grid[] = [uniformT, uniformGamma];

export const gridIds = grids.map((row) => row.id);

/** The grid of this id; an InputError that lists the known ids where there is none. */
export const gridOf = (id: string): Grid => rowOf('grid', grids, id);

export type { Grid } from './grid';

import { rowOf } from '../../registry/parameters';
import { exact } from './exact';
import { normal } from './normal';
import type { Start } from './start';
import { zero } from './zero';

/** Every start, in the order the pickers show. A new one is a file beside this and a row here. */
export const starts: readonly Start[] = [normal, zero, exact];

/** The start of this id; an InputError that lists the known ids where there is none. */
export const startOf = (id: string): Start => rowOf('start', starts, id);

export type { Start, StartMoments, StartPlace } from './start';

import { rowOf } from '../parameters';
import type { Dynamics } from './dynamics';
import { nearEnd } from './nearEnd';
import { nearEndRate } from './nearEndRate';
import { nopropForward } from './nopropForward';
import { probabilityFlow } from './probabilityFlow';

/** Every dynamics, in the order the pickers show. A new one is a file beside this and a row here. */
export const dynamics: readonly Dynamics[] = [nopropForward, nearEnd, nearEndRate, probabilityFlow];

export const dynamicsIds = dynamics.map((row) => row.id);

/** The dynamics of this id; an InputError that lists the known ids where there is none. */
export const dynamicsOf = (id: string): Dynamics => rowOf('dynamics', dynamics, id);

export type { Dynamics, Need } from './dynamics';
export { oraclePath } from './oracle';

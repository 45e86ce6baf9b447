import { rowOf } from '../../parameters';
import type { Modifier } from './modifier';
import { shift } from './shift';

/** Every modifier, in the order the pickers show. A new one is a file beside this and a row here. */
export const modifiers: readonly Modifier[] = [shift];

export const modifierIds = modifiers.map((row) => row.id);

/** The modifier of this id; an InputError that lists the known ids where there is none. */
export const modifierOf = (id: string): Modifier => rowOf('modifier', modifiers, id);

export type { Modifier } from './modifier';

import { rowOf } from '../../registry/parameters';
import { clamp } from './clamp';
import { inputScale } from './inputScale';
import type { Modifier } from './modifier';
import { resolution } from './resolution';
import { sd3 } from './sd3';
import { shift } from './shift';
import { snrShift } from './snrShift';
import { zeroTerminalSnr } from './zeroTerminal';

/** Every modifier, in the order the pickers show. A new one is a file beside this and a row here. */
export const modifiers: readonly Modifier[] = [shift, inputScale, resolution, sd3, zeroTerminalSnr, clamp, snrShift];

export const modifierIds = modifiers.map((row) => row.id);

/** The modifier of this id; an InputError that lists the known ids where there is none. */
export const modifierOf = (id: string): Modifier => rowOf('modifier', modifiers, id);

export type { Modifier } from './modifier';

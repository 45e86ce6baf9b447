import mathml from 'virtual:derivation';
import type { TemplateResult } from 'lit';
import { typeset } from '../../elements/equation';

/** A form of an equation of the note, with what differs from the other form in a class of its own. */
export const form = (latex: string): TemplateResult => typeset(mathml, latex);

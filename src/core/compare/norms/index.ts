import { rowOf } from '../../registry/parameters';
import { largest } from './largest';
import type { Norm } from './norm';
import { ofMean } from './ofMean';
import { ofVariance } from './ofVariance';
import { rootMeanSquare } from './rootMeanSquare';

/** How an error is measured, in the order the pickers show. A new one is a file beside this and a row here. */
export const norms = [rootMeanSquare, largest, ofMean, ofVariance] as const satisfies readonly Norm[];

export type NormId = (typeof norms)[number]['id'];

/** One number by every norm. */
export type Errors = Readonly<Record<NormId, number>>;

/** The norm of this id; an InputError that lists the known ids where there is none. */
export const normOf = (id: NormId): Norm => rowOf<Norm>('norm', norms, id);

/** Whether a norm looks at the law of the states alone, and not at each path. */
export const isWeak = (id: NormId): boolean => normOf(id).lawDistance !== undefined;

/** One number by every norm. */
export const byNorm = (value: (norm: Norm<NormId>) => number): Errors =>
  Object.fromEntries(norms.map((norm) => [norm.id, value(norm)])) as Errors;

/** How far two batches (n x d) are from each other. */
export const distances = (z: Float64Array, exact: Float64Array, d: number): Errors =>
  byNorm((norm) => norm.distance(z, exact, d));

export { rms } from './statistics';
export type { Norm } from './norm';

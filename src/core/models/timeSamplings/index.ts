import { rowOf } from '../../registry/parameters';
import { importance } from './importance';
import { stratified } from './stratified';
import type { TimeSampling } from './timeSampling';
import { uniform } from './uniform';

/** Every way to draw the times of a batch, in the order the pickers show. A new one is a file beside this and a row here. */
export const timeSamplings: readonly TimeSampling[] = [stratified, uniform, importance];

/** The row of this id; an InputError that lists the known ids where there is none. */
export const timeSampling = (id: string): TimeSampling => rowOf('time sampling', timeSamplings, id);

export type { TimeLaw, TimeSampling } from './timeSampling';

import { fillValues, rowOf, type Values } from '../parameters';
import { constant } from './constant';
import type { Denoiser, DenoiserFamily } from './denoiser';
import { gaussian } from './gaussian';
import { mixture } from './mixture';

/** Every u in closed form, in the order the pickers show. A new one is a file beside this and a row here. */
export const denoisers: readonly DenoiserFamily[] = [constant, gaussian, mixture];

export const denoiserIds = denoisers.map((row) => row.id);

/** The denoiser family of this id; an InputError that lists the known ids where there is none. */
export const denoiserFamily = (id: string): DenoiserFamily => rowOf('denoiser', denoisers, id);

/** The denoiser with defaults filled in; an InputError names the parameter, its value and what is allowed. */
export function createDenoiser(id: string, params: Partial<Values> = {}): Denoiser {
  const family = denoiserFamily(id);
  return family.create(fillValues(family, params));
}

export { constantU, oracle } from './constant';
export { gaussianU } from './gaussian';
export { mixtureU } from './mixture';
export type { Denoiser, DenoiserFamily, Law } from './denoiser';

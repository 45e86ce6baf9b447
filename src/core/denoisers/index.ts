import { InputError } from '../registry/problem';
import { fillValues, rowOf, type Values } from '../registry/parameters';
import { constant } from './constant';
import type { Denoiser, DenoiserFamily, FormulaDenoiser, OwnDenoiser } from './denoiser';
import { gaussian } from './gaussian';
import { idealData } from './idealData';
import { idealLabels } from './idealLabels';
import { mixture } from './mixture';
import { onnx } from './onnx';
import { python } from './python';

/** Every u in closed form, in the order the pickers show. A new one is a file beside this and a row here. */
export const denoisers: readonly DenoiserFamily[] = [constant, gaussian, mixture, idealData, idealLabels, python, onnx];

export const denoiserIds = denoisers.map((row) => row.id);

/** The denoiser family of this id; an InputError that lists the known ids where there is none. */
export const denoiserFamily = (id: string): DenoiserFamily => rowOf('denoiser', denoisers, id);

/** Whether u is answered by a model of the reader. */
export const needsModel = (family: DenoiserFamily): family is OwnDenoiser =>
  family.needs === 'python' || family.needs === 'onnx';

/** The family of this id; an InputError where its u is no formula. */
export function formulaDenoiser(id: string): FormulaDenoiser {
  const family = denoiserFamily(id);
  if (needsModel(family)) throw new InputError(`the denoiser ${id} is a model of yours, and none is at hand`);
  if (family.needs) throw new InputError(`the denoiser ${id} is made from the experiment's data, and none are at hand`);
  return family;
}

/** The denoiser with defaults filled in; an InputError names the parameter, its value and what is allowed. */
export function createDenoiser(id: string, params: Partial<Values> = {}): Denoiser {
  const family = formulaDenoiser(id);
  return family.create(fillValues(family, params));
}

export { constantU, oracle } from './constant';
export { gaussianU } from './gaussian';
export { mixtureU } from './mixture';
export { dataSetU } from './dataSet';
export type { CleanData, DataDenoiser, Denoiser, DenoiserFamily, FormulaDenoiser, Law, PointSet } from './denoiser';
export { givenQuantities, writeU, type GivenQuantityId } from './python';

import * as z from 'zod';
import { about, idIs, params, union, type Known } from '../registry/field';
import { denoisers } from '.';
import type { DenoiserFamily } from './denoiser';

const denoiserObject = (family: DenoiserFamily) =>
  z.looseObject({ id: idIs(family), params: params(family) }).meta(about(family));

/** u in closed form. */
export const denoiserField = union('denoiser', denoisers, denoiserObject)
  .prefault({ id: 'mixture' })
  .describe('The u that is integrated where no trained run is chosen; default mixture');

/** The u of an experiment that no run gives. */
export type DenoiserEntry = Known<z.output<typeof denoiserField>>;

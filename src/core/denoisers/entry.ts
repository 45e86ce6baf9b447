import * as z from 'zod';
import { about, choice, idIs, parameter, params, text, union, type Known } from '../registry/field';
import { denoisers, givenQuantities } from '.';
import type { DenoiserFamily, PythonDenoiser } from './denoiser';

const closedObject = (family: DenoiserFamily) =>
  z.looseObject({ id: idIs(family), params: params(family) }).meta(about(family));

/** What a model in Python is begun with. */
const MODEL = { file: 'model.py', function: 'u' } as const;

const pythonObject = (family: PythonDenoiser) =>
  z
    .looseObject({
      id: idIs({ ...family, id: 'python' }),
      file: text('file', 'File', "the path of the Python file, relative to the experiment's file").default(MODEL.file),
      function: text('function', 'Function', 'the name of its function of z, t, ᾱ and log-SNR').default(MODEL.function),
      prediction: choice('prediction', givenQuantities, 'What the function answers', 'sample'),
      dimension: parameter('dimension', {
        title: 'Dimension',
        symbol: 'd',
        summary: 'numbers in one state',
        default: 1,
        min: 1,
        max: 1_000_000,
        integer: true,
        slider: [1, 16],
        unit: '1',
      }),
      timeout: parameter('timeout', {
        title: 'Time-out',
        symbol: 'time-out',
        summary: 'the longest that the file may take to load, and the function to answer once',
        default: 120,
        min: 1,
        max: 86_400,
        slider: [1, 600],
        unit: 's',
      }),
      params: params(family),
    })
    .meta(about(family));

/** u in closed form, or of a model of the reader. */
export const denoiserField = union('denoiser', denoisers, (family) =>
  family.needs === 'python' ? pythonObject(family) : closedObject(family),
)
  .prefault({ id: 'mixture' })
  .describe('The u that is integrated where no trained run is chosen; default mixture');

/** The u of an experiment that no run gives. */
export type DenoiserEntry = Known<z.output<typeof denoiserField>>;

/** A u that a function in a file of Python answers; the path is relative to the experiment's file. */
export type PythonEntry = Known<z.output<ReturnType<typeof pythonObject>>>;

/** Whether u is a model in Python. */
export const isPython = (denoiser: DenoiserEntry): denoiser is PythonEntry => denoiser.id === 'python';

import * as z from 'zod';
import { about, choice, fieldNotes, idIs, mustBe, parameter, params, text, union, type Known } from '../registry/field';
import { denoisers, givenQuantities, needsModel } from '.';
import type { DenoiserFamily, OwnDenoiser } from './denoiser';

const closedObject = (family: DenoiserFamily) =>
  z.looseObject({ id: idIs(family), params: params(family) }).meta(about(family));

/** The numbers in one state, and how long a model may take. */
const dimension = parameter('dimension', {
  title: 'Dimension',
  symbol: 'd',
  summary: 'numbers in one state',
  default: 1,
  min: 1,
  max: 1_000_000,
  integer: true,
  slider: [1, 16],
  unit: '1',
});

const timeout = (asked: string) =>
  parameter('timeout', {
    title: 'Time-out',
    symbol: 'time-out',
    summary: `the longest that the file may take to load, and ${asked} to answer once`,
    default: 120,
    min: 1,
    max: 86_400,
    slider: [1, 600],
    unit: 's',
  });

const pythonObject = (family: OwnDenoiser) =>
  z
    .looseObject({
      id: idIs({ ...family, id: 'python' }),
      file: text('file', 'File', "the path of the Python file, relative to the experiment's file").default('model.py'),
      function: text('function', 'Function', 'the name of its function of z, t, ᾱ and log-SNR').default('u'),
      prediction: choice('prediction', givenQuantities, 'What the function answers', 'sample'),
      dimension,
      timeout: timeout('the function'),
      params: params(family),
    })
    .meta(about(family));

const FEATURES = 'Numbers between commas: x of all states, where the graph has an input x';

/** May be empty, as most graphs have no x. */
const features = z
  .string(mustBe('x', 'numbers between commas'))
  .register(fieldNotes, { title: 'Features', summary: FEATURES })
  .describe(FEATURES)
  .default('');

const onnxObject = (family: OwnDenoiser) =>
  z
    .looseObject({
      id: idIs({ ...family, id: 'onnx' }),
      file: text('file', 'File', "the path of the ONNX file, relative to the experiment's file").default('model.onnx'),
      prediction: choice('prediction', givenQuantities, 'What the first output of the graph is', 'sample'),
      dimension,
      x: features,
      timeout: timeout('the graph'),
      params: params(family),
    })
    .meta(about(family));

/** u in closed form, or of a model of the reader. */
export const denoiserField = union('denoiser', denoisers, (family) =>
  needsModel(family) ? (family.needs === 'python' ? pythonObject : onnxObject)(family) : closedObject(family),
)
  .prefault({ id: 'mixture' })
  .describe('The u that is integrated where no trained run is chosen; default mixture');

/** The u of an experiment that no run gives. */
export type DenoiserEntry = Known<z.output<typeof denoiserField>>;

/** A u that a function in a file of Python answers; the path is relative to the experiment's file. */
export type PythonEntry = Known<z.output<ReturnType<typeof pythonObject>>>;

/** Whether u is a model in Python. */
export const isPython = (denoiser: DenoiserEntry): denoiser is PythonEntry => denoiser.id === 'python';

/** A u that a graph in a file of ONNX answers. */
export type OnnxEntry = Known<z.output<ReturnType<typeof onnxObject>>>;

/** Whether u is a graph of ONNX. */
export const isOnnx = (denoiser: DenoiserEntry): denoiser is OnnxEntry => denoiser.id === 'onnx';

export type OwnModelEntry = PythonEntry | OnnxEntry;

/** Whether u is answered by a model of the reader. */
export const isOwnModel = (denoiser: DenoiserEntry): denoiser is OwnModelEntry =>
  isPython(denoiser) || isOnnx(denoiser);

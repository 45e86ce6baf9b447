import type { Experiment } from './experiment';
import { InputError } from '../registry/problem';

/**
 * The most bytes of a training. WebAssembly addresses 4 GB, which evaluations and other open runs share, and a state that
 * is being saved is there three times more.
 */
export const TRAINING = 1e9;

/** The most numbers of a table of features: 400 MB of them in double precision. */
export const NUMBERS = 5e7;

/** The most bytes of a CSV file: read, every cell is a text of its own, about ten times as large. */
export const CSV_BYTES = 1e8;

/** The most bytes of a file of images, unpacked. */
export const IMAGE_BYTES = 1e9;

/** The most features of a row. */
export const FEATURES = 2 ** 16;

/** A count of bytes as people read it: "12 MB", "3.2 GB". */
export const sizeText = (bytes: number): string =>
  bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;

/** An InputError where a file of so many bytes would not fit in memory; `what` names it. */
export function checkFile(what: string, bytes: number, most: number): void {
  if (bytes > most) throw new InputError(`${what} holds ${sizeText(bytes)}: at most ${sizeText(most)} fit in memory`);
}

/** An InputError where a table of n rows of d features would not fit in memory; `what` names it. */
export function checkTable(what: string, n: number, d: number): void {
  if (d > FEATURES) throw new InputError(`${what} has ${d} features: at most ${FEATURES} fit in memory`);
  if (n * d > NUMBERS)
    throw new InputError(
      `${what} has ${n} rows of ${d} features, ${sizeText(8 * n * d)}: at most ${sizeText(8 * NUMBERS)} fit in memory`,
    );
}

/** What a training works on: rows, features of each, the length of z, and how many numbers a network answers for a row. */
export interface DataSize {
  readonly rows: number;
  readonly features: number;
  readonly states: number;
  readonly outputs: number;
  /** Bytes that each feature is kept in. */
  readonly bytes: 1 | 4;
  /** Number of parameters, over all networks. */
  readonly parameters: number;
}

/** A part of what a training needs, and the field it grows with. */
interface Part {
  readonly field: string;
  readonly what: string;
  readonly bytes: number;
}

/** What a training of these sizes keeps in memory at once, part by part, in single precision. */
function partsOf({ model, training }: Experiment, size: DataSize): Part[] {
  const { rows, features, states, outputs, bytes, parameters } = size;
  const { hidden, id, blocks, timeFeatures } = model;
  const input = states + features + timeFeatures;
  const answers = [...hidden, outputs];
  const networks = id === 'dt' ? blocks : 1;
  const each = networks > 1 ? ` for each of ${networks} blocks` : '';
  // the weights, those before the last step, gradient, two moments, and the average where one is kept
  const copies = training.averaging ? 6 : 5;
  // what each layer answers, with slopes; the workspace of passes and products; the answer and its slope; targets, noise,
  // and what of z the terms of the objective need
  const workspace = 3 * Math.max(...answers) + Math.max(input, ...answers);
  const row = input + 2 * answers.reduce((sum, width) => sum + width, 0) + workspace + 2 * outputs + 4 * states;
  return [
    {
      field: `model.hidden [${hidden.join(', ')}]`,
      what: `the weights${each}, their gradient and the optimiser's moments`,
      bytes: 4 * copies * parameters,
    },
    {
      field: `training.batch ${training.batch}`,
      what: `a batch and its way through the network${each}`,
      bytes: 4 * networks * training.batch * row,
    },
    { field: 'data', what: `${rows} rows of ${features} features`, bytes: rows * (bytes * features + 4 * outputs) },
  ];
}

/** An InputError where a training would not fit in memory: it names the part that takes most, and what is allowed. */
export function checkTraining(experiment: Experiment, size: DataSize): void {
  const parts = partsOf(experiment, size);
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= TRAINING) return;
  const { field, what, bytes } = parts.reduce((top, part) => (part.bytes > top.bytes ? part : top));
  throw new InputError(
    `${field}: ${what} would take ${sizeText(bytes)} of the ${sizeText(total)} that this training needs, ` +
      `and at most ${sizeText(TRAINING)} fit in memory`,
  );
}

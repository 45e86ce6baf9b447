import { InputError } from '../registry/problem';
import { sizeText } from '../text/format';
import type { Experiment } from './experiment';

/**
 * The most bytes of a training. WebAssembly addresses 4 GB, which evaluations and other open runs share, and a state that
 * is being saved is there three times more.
 */
export const TRAINING = 1e9;

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

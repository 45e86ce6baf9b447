import { csvText } from '../../core/text/csv';
import { parseRows } from '../../core/datasets/csv';
import { givenRows, labelTexts } from '../../core/datasets/arrays';
import { hasTask, isCsv, isNumpy } from '../../core/datasets/entry';
import { isNpy, isZip } from '../../core/files/npy';
import { CSV_BYTES, IMAGE_BYTES } from '../../core/datasets/limits';
import { InputError } from '../../core/registry/problem';
import type { PredictedFile, PredictionChoice } from '../../protocol/trainerCalls';
import { decodeText } from '../data/decodeText';
import { unlabelledExamples } from '../data/examples';
import { readRegularFile } from '../files/regularFile';
import { classProbabilities, likeliestClasses } from './classProbabilities';
import { predict } from './evaluate';
import { nextTurn } from './yielder';
import { samplerOf } from '../training/models';
import { writeOutput } from '../runs/outputFile';
import type { OpenRun } from '../runs/openRun';

/** What is added to the rows of a file: names of columns, and each row's cells. */
interface Added {
  readonly names: readonly string[];
  readonly cells: readonly (readonly string[])[];
  readonly probabilities?: PredictedFile['probabilities'];
}

/** A probability in a file. */
const probabilityText = (value: number): string => String(Number(value.toFixed(6)));

/** The label of each row under the name of the label's own column, and the probability of each class unless `labelsOnly`. */
async function labelled(open: OpenRun, x: Float64Array, labelsOnly: boolean): Promise<Added> {
  const { model, record, experiment } = open;
  const { classes } = record.data;
  const label = labelName(experiment);
  if (labelsOnly) {
    const { labels } = predict(model, samplerOf(experiment), record.data, x);
    return { names: [label], cells: Array.from(labels, (k) => [classes[k]!]) };
  }
  const rated = await classProbabilities(open, unlabelledExamples(x, record.data), nextTurn);
  const { probabilities, rule, starts } = rated;
  const m = classes.length;
  return {
    names: [label, ...classes.map((name) => `P(${name})`)],
    cells: Array.from(likeliestClasses(rated), (k, i) => [
      classes[k]!,
      ...Array.from(probabilities.subarray(i * m, (i + 1) * m), probabilityText),
    ]),
    probabilities: { rule, starts },
  };
}

/** The numbers that are predicted of each row, under the names of their own columns. */
function numbered({ model, record, experiment }: OpenRun, x: Float64Array): Added {
  const { values } = predict(model, samplerOf(experiment), record.data, x);
  const { names } = record.data.targets!;
  const k = names.length;
  const cells = Array.from({ length: values!.length / k }, (_, i) =>
    Array.from(values!.subarray(i * k, (i + 1) * k), String),
  );
  return { names, cells };
}

/** What the column of labels is called. */
const labelName = ({ data }: OpenRun['experiment']): string =>
  isCsv(data) ? data.label : isNumpy(data) ? 'y' : 'label';

/** The rows of a file, and what is written of them. */
interface Rows {
  readonly names: readonly string[];
  readonly cells: readonly (readonly string[])[];
  readonly x: Float64Array;
  /** What was to be predicted, where the file says so: as text, and as numbers. */
  readonly truth?: { readonly texts: readonly string[]; readonly numbers: ArrayLike<number> } | undefined;
}

/** The rows of a table: every column is written again. */
function tableRows({ record, experiment }: OpenRun, text: string): Rows {
  const { data } = experiment;
  const columns = record.data.columns ?? record.data.features.map((name) => ({ name }));
  const { names, cells, x, numberAt } = parseRows(text, columns, hasTask(data) ? data.missing : 'refuse');
  const at = hasTask(data) ? names.indexOf(labelName(experiment)) : -1;
  const truth = at < 0 ? undefined : { texts: cells.map((row) => row[at]!.trim()), numbers: cells.map((_, i) => numberAt(i, at)) }; // prettier-ignore
  return { names, cells, x, truth };
}

/** The rows of a file of arrays: of them y alone is written, where the file has it. */
function arrayRows({ record, experiment }: OpenRun, bytes: Uint8Array, name: string): Rows {
  const { data } = experiment;
  if (record.data.columns?.some(({ categories }) => categories))
    throw new InputError(`${name} holds numbers alone, and the run was trained on columns of text: give a table`);
  const { n, x, y } = givenRows({ name, bytes }, record.data.features.length, isNumpy(data) ? data : {});
  const texts = y && labelTexts(y);
  if (!y || !texts) return { names: [], cells: Array.from({ length: n }, () => []), x };
  const numbers = 'numbers' in y ? y.numbers : texts.map(Number);
  return { names: ['y'], cells: texts.map((text) => [text]), x, truth: { texts, numbers } };
}

async function rowsOf(open: OpenRun, file: string): Promise<Rows> {
  const bytes = await readRegularFile(file, { most: /\.np[yz]$/i.test(file) ? IMAGE_BYTES : CSV_BYTES });
  if (isNpy(bytes) || (isZip(bytes) && /\.npz$/i.test(file))) return arrayRows(open, bytes, file);
  return tableRows(open, decodeText(bytes, file));
}

/**
 * Predicts the rows of a CSV file, or of a file of NumPy arrays, with a run, and writes them with more columns: what is
 * predicted, under the name of its own column, and the probability of each class, `P(class)`. A name that the file has
 * already gets `predicted` before it. An InputError names the column or the row at fault. Returns how good the
 * predictions are, where the file has the truth.
 */
export async function predictFile(
  open: OpenRun,
  data: string,
  out: string,
  { labelsOnly = false }: PredictionChoice = {},
): Promise<PredictedFile> {
  const { record } = open;
  const { names, cells, x, truth } = await rowsOf(open, data);
  const added = record.data.targets ? numbered(open, x) : await labelled(open, x, labelsOnly);
  const written = added.names.map((name) => (names.includes(name) ? `predicted ${name}` : name));
  await writeOutput(out, csvText([[...names, ...written], ...cells.map((row, i) => [...row, ...added.cells[i]!])]));
  const found = { rows: cells.length, column: written[0]!, ...(added.probabilities && { probabilities: added.probabilities }) }; // prettier-ignore
  if (!truth) return found;
  if (record.data.targets) {
    const gaps = added.cells.map(([cell], i) => truth.numbers[i]! - Number(cell)).filter((gap) => !Number.isNaN(gap));
    const rmse = Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length);
    return { ...found, ...(gaps.length && { rmse }) };
  }
  const right = truth.texts.filter((text, i) => text === added.cells[i]![0]).length;
  return { ...found, accuracy: right / cells.length };
}

import { csvText } from '../../core/text/csv';
import { parseRows } from '../../core/datasets/csv';
import { isCsv } from '../../core/datasets/entry';
import { CSV_BYTES } from '../../core/datasets/limits';
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
  const label = isCsv(experiment.data) ? experiment.data.label : 'label';
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

/**
 * Predicts the rows of a CSV file with a run, and writes them with more columns: what is predicted, under the name of its
 * own column, and the probability of each class, `P(class)`. A name that the file has already gets `predicted` before it.
 * An InputError names the column or the row at fault. Returns how good the predictions are, where the file has the truth.
 */
export async function predictFile(
  open: OpenRun,
  data: string,
  out: string,
  { labelsOnly = false }: PredictionChoice = {},
): Promise<PredictedFile> {
  const { record, experiment } = open;
  const text = decodeText(await readRegularFile(data, { most: CSV_BYTES }), data);
  const columns = record.data.columns ?? record.data.features.map((name) => ({ name }));
  const missing = isCsv(experiment.data) ? experiment.data.missing : 'refuse';
  const { names, cells, x, numberAt } = parseRows(text, columns, missing);
  const added = record.data.targets ? numbered(open, x) : await labelled(open, x, labelsOnly);
  const written = added.names.map((name) => (names.includes(name) ? `predicted ${name}` : name));
  await writeOutput(out, csvText([[...names, ...written], ...cells.map((row, i) => [...row, ...added.cells[i]!])]));
  const found = { rows: cells.length, column: written[0]!, ...(added.probabilities && { probabilities: added.probabilities }) }; // prettier-ignore
  const truth = isCsv(experiment.data) ? names.indexOf(experiment.data.label) : -1;
  if (truth < 0) return found;
  if (record.data.targets) {
    const gaps = cells.map((_, i) => numberAt(i, truth) - Number(added.cells[i]![0])).filter((gap) => !Number.isNaN(gap)); // prettier-ignore
    const rmse = Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length);
    return { ...found, ...(gaps.length && { rmse }) };
  }
  const right = cells.filter((row, i) => row[truth]!.trim() === added.cells[i]![0]).length;
  return { ...found, accuracy: right / cells.length };
}

import { csvText } from '../../core/text/csv';
import { parseRows } from '../../core/datasets/csv';
import { isCsv } from '../../core/datasets/entry';
import { CSV_BYTES } from '../../core/datasets/limits';
import type { PredictedFile } from '../../protocol/trainerCalls';
import { decodeText } from '../data/decodeText';
import { readRegularFile } from '../files/regularFile';
import { predict } from './evaluate';
import { samplerOf } from '../training/models';
import { writeOutput } from '../runs/outputFile';
import type { OpenRun } from '../runs/openRun';

/**
 * Labels the rows of a CSV file with a run, and writes them with one more column: `label`, or `predicted` where a column
 * has that name. Where numbers are predicted, there is one more column for each. An InputError names the column or the
 * row at fault. Returns how good the predictions are, where the file has the true values.
 */
export async function predictFile(
  { model, record, experiment }: OpenRun,
  data: string,
  out: string,
): Promise<PredictedFile> {
  const text = decodeText(await readRegularFile(data, { most: CSV_BYTES }), data);
  const columns = record.data.columns ?? record.data.features.map((name) => ({ name }));
  const missing = isCsv(experiment.data) ? experiment.data.missing : 'refuse';
  const { names, cells, x, numberAt } = parseRows(text, columns, missing);
  const { labels, values, classes } = predict(model, samplerOf(experiment), record.data, x);
  const outputs = record.data.targets?.names ?? ['label'];
  const predictions = Array.from(labels, (label, i) =>
    values ? outputs.map((_, j) => String(values[i * outputs.length + j]!)) : [classes[label]!],
  );
  const taken = (name: string) => (values ? `predicted ${name}` : 'predicted');
  const added = outputs.map((name) => (names.includes(name) ? taken(name) : name));
  await writeOutput(out, csvText([[...names, ...added], ...cells.map((row, i) => [...row, ...predictions[i]!])]));
  const truth = isCsv(experiment.data) ? names.indexOf(experiment.data.label) : -1;
  if (truth < 0) return { rows: cells.length };
  if (values) {
    const gaps = cells.map((_, i) => numberAt(i, truth) - values[i]!).filter((gap) => !Number.isNaN(gap));
    const rmse = Math.sqrt(gaps.reduce((sum, gap) => sum + gap * gap, 0) / gaps.length);
    return { rows: cells.length, ...(gaps.length && { rmse }) };
  }
  const right = cells.filter((row, i) => row[truth]!.trim() === predictions[i]![0]).length;
  return { rows: cells.length, accuracy: right / cells.length };
}

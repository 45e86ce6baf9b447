import fs from 'node:fs/promises';
import { csvLine } from '../core/csvText';
import { parseRows } from '../core/datasets/csv';
import { isCsv } from '../core/experiment';
import { checkFile, CSV_BYTES } from '../core/memory';
import { InputError } from '../core/problem';
import { predict } from './evaluate';
import { samplerOf } from './models';
import type { OpenRun } from './open';

/** What was predicted: the rows, and the share that agrees with the label column where the file has one. */
export interface Predicted {
  readonly rows: number;
  readonly accuracy?: number | undefined;
}

/**
 * Labels the rows of a CSV file with a run, and writes them with one column more, `label` (`predicted` where a column
 * has that name). An InputError names the column or the row at fault.
 */
export async function predictFile(
  { model, record, experiment }: OpenRun,
  data: string,
  out: string,
): Promise<Predicted> {
  const text = await readText(data);
  const columns = record.data.columns ?? record.data.features.map((name) => ({ name }));
  const missing = isCsv(experiment.data) ? experiment.data.missing : 'refuse';
  const { names, cells, x } = parseRows(text, columns, missing);
  const { labels, classes } = predict(model, samplerOf(experiment), record.data, x);
  const named = Array.from(labels, (label) => classes[label]!);
  const column = names.includes('label') ? 'predicted' : 'label';
  const lines = [[...names, column], ...cells.map((row, i) => [...row, named[i]!])].map(csvLine);
  await fs.writeFile(out, `${lines.join('\n')}\n`);
  const truth = isCsv(experiment.data) ? names.indexOf(experiment.data.label) : -1;
  if (truth < 0) return { rows: cells.length };
  const right = cells.filter((row, i) => row[truth]!.trim() === named[i]).length;
  return { rows: cells.length, accuracy: right / cells.length };
}

async function readText(file: string): Promise<string> {
  try {
    checkFile(file, (await fs.stat(file)).size, CSV_BYTES);
    return await fs.readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof InputError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError(`${file} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : message}`);
  }
}

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { applyChange, parseExperiment, readExperiment } from '../core/document';
import type { Experiment } from '../core/experiment';
import { InputError } from '../core/problem';

/** An experiment's file, and the folder that paths in it are relative to. */
export interface ExperimentFile {
  readonly experiment: Experiment;
  readonly folder: string;
}

/** The text of a file; an InputError where it cannot be read. */
export const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new InputError(
      `${file} cannot be read: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`,
    );
  });

/** Reads an experiment with values set by path, each "path.to.field=value"; an InputError says what is wrong where. */
export async function openExperiment(file: string, settings: readonly string[]): Promise<ExperimentFile> {
  const text = await readText(file);
  readExperiment(text, file); // what is wrong in the file itself is said of the file
  const folder = path.dirname(path.resolve(file));
  const changed = settings.reduce((from, setting) => applyChange(from, readSetting(setting)), text);
  const { experiment, problems } = parseExperiment(changed);
  if (experiment) return { experiment, folder };
  throw new InputError(problems.map(({ message }) => `--set: ${message}`).join('\n'));
}

function readSetting(setting: string) {
  const [, name, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
  if (name === undefined || text === undefined)
    throw new InputError(`--set takes path.to.field=value: got "${setting}"`);
  return { path: name.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key)), value: valueOf(text) };
}

/** JSON where it is JSON, else text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

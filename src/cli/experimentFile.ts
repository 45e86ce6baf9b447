import path from 'node:path';
import { applyChange, parseExperiment, readExperiment } from '../core/experiment/document';
import { type Change } from '../core/experiment/changes';
import type { Experiment } from '../core/experiment/experiment';
import { unusedSettings } from '../core/experiment/unusedSettings';
import { InputError, type Problem } from '../core/registry/problem';
import { readRegularText } from '../trainer/files/regularFile';

/** An experiment's file, and the folder that paths in it are relative to. */
export interface ExperimentFile {
  readonly experiment: Experiment;
  readonly folder: string;
}

/** The most bytes of an experiment, and of a table of numbers. */
const TEXT_BYTES = 1e7;

/** The text of a file; an InputError where it cannot be read. */
export const readText = (file: string): Promise<string> => readRegularText(file, { most: TEXT_BYTES });

/**
 * Reads an experiment with values set by path, each "path.to.field=value"; an InputError says what is wrong where, by the
 * option that set it.
 */
export async function openExperiment(
  file: string,
  settings: readonly string[],
  optionOf: (path: Problem['path']) => string = () => '--set',
): Promise<ExperimentFile> {
  const problemText = ({ path, message }: Problem) => `${optionOf(path)}: ${message}`;
  const text = await readText(file);
  const whole = readExperiment(text, file); // a problem of the file itself names the file
  const folder = path.dirname(path.resolve(file));
  const changes = settings.map(readSetting);
  const changed = changes.reduce((from, change) => {
    const value: unknown = JSON.parse(from.replace(/^\uFEFF/, ''));
    checkPlace(value, change.path);
    return applyChange(withIds(from, value, whole, change.path), change);
  }, text);
  const { experiment, problems } = parseExperiment(changed);
  if (!experiment) throw new InputError(problems.map(problemText).join('\n'));
  // a file may hold what has no effect; nobody means to set it
  const idle = unusedSettings(experiment).filter(({ path: at }) => changes.some(({ path }) => isWithin(at, path)));
  if (idle.length) throw new InputError(idle.map(problemText).join('\n'));
  return { experiment, folder };
}

/** Whether a path leads to a place inside another path, or to that place itself. */
const isWithin = (one: Change['path'], other: Change['path']): boolean =>
  one.slice(0, other.length).every((key, depth) => key === other[depth]);

/** The text with the ids of what a path leads through and the text leaves out, for they choose what else there is. */
function withIds(text: string, value: unknown, whole: unknown, path: Change['path']): string {
  const at = (from: unknown, depth: number) =>
    path.slice(0, depth).reduce((one, key) => (one as Record<string | number, unknown> | undefined)?.[key], from);
  for (let depth = 1; depth < path.length; depth++) {
    const id = (at(whole, depth) as { id?: unknown } | undefined)?.id;
    if (at(value, depth) === undefined && id !== undefined && path[depth] !== 'id')
      return applyChange(text, { path: [...path.slice(0, depth), 'id'], value: id });
  }
  return text;
}

/** An InputError where a path counts past the end of a list; its end is where one more is set. */
function checkPlace(value: unknown, path: Change['path']): void {
  path.reduce((from: unknown, key, depth) => {
    if (Array.isArray(from) && typeof key === 'number' && key > from.length)
      throw new InputError(
        `--set ${path.join('.')}: ${path.slice(0, depth).join('.')} has ${from.length}, counted from 0`,
      );
    return (from as Record<string | number, unknown> | undefined)?.[key];
  }, value);
}

function readSetting(setting: string): Change {
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

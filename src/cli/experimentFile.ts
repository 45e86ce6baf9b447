import path from 'node:path';
import { applyChange } from '../core/experiment/applyChange';
import { parseExperiment, problemLine, readExperiment } from '../core/experiment/document';
import { type Change } from '../core/experiment/changes';
import type { Experiment } from '../core/experiment/experiment';
import { unusedSettings } from '../core/experiment/unusedSettings';
import { isDecimal } from '../core/text/decimal';
import { ownOf } from '../core/registry/own';
import { InputError, type LocatedProblem, type Problem } from '../core/registry/problem';
import { readRegularText } from '../trainer/files/regularFile';
import type { Terminal } from './terminal';

/** An experiment's file, and the folder that paths in it are relative to. */
export interface ExperimentFile {
  readonly experiment: Experiment;
  readonly folder: string;
  /** What is allowed in it but most likely not meant, each with its place. */
  readonly warnings: readonly string[];
}

/** The most bytes of an experiment, and of a table of numbers. */
const TEXT_BYTES = 1e7;

/** The text of a file; an InputError where it cannot be read. */
export const readText = (file: string): Promise<string> => readRegularText(file, { most: TEXT_BYTES });

/** What of a command line says how an experiment is read. */
interface Reading {
  /** Each "path.to.field=value". */
  readonly settings?: readonly string[];
  /** The option that set what stands at a path; --set where it is left out. */
  readonly optionOf?: (path: Problem['path']) => string;
}

/**
 * Reads an experiment with values set by path. Warnings, such as those of misspelt settings, are said on the terminal
 * too. An InputError says what is wrong where, by the option that set it.
 */
export async function openExperiment(
  file: string,
  terminal: Pick<Terminal, 'warn'>,
  { settings = [], optionOf = () => '--set' }: Reading = {},
): Promise<ExperimentFile> {
  const problemText = ({ path, message }: Problem) => `${optionOf(path)}: ${message}`;
  const text = await readText(file);
  const whole = readExperiment(text, file); // a problem of the file itself names the file
  const changes = settings.map(readSetting);
  const changed = changes.reduce((from, change) => withSetting(withIds(from, whole, change.path), change), text);
  const { experiment, problems } = parseExperiment(changed);
  if (!experiment) throw new InputError(problems.map(problemText).join('\n'));
  // a file may hold what has no effect; nobody means to set it
  const idle = [...unusedSettings(experiment, true)].filter((one) =>
    changes.some(({ path: at }) => isWithin(one.path, at)),
  );
  const refused = idle.map((one) => `${optionOf(one.path)}: ${one.message()}`);
  if (refused.length) throw new InputError(refused.join('\n'));
  const warnings = changedWarnings(parseExperiment(text).problems, problems, file, problemText);
  for (const warning of warnings) terminal.warn(`noprop: warning: ${warning}\n`);
  return { experiment, folder: path.dirname(path.resolve(file)), warnings };
}

/** The warnings that hold after all changes: those of the file by their lines, new ones by the option that made them. */
function changedWarnings(
  before: readonly LocatedProblem[],
  after: readonly LocatedProblem[],
  file: string,
  problemText: (problem: Problem) => string,
): string[] {
  const keyOf = ({ path, message }: Problem) => JSON.stringify([path, message]);
  const known = new Map(before.map((problem) => [keyOf(problem), problemLine(problem, file)]));
  return after.map((problem) => known.get(keyOf(problem)) ?? problemText(problem));
}

/** A result with what was warned of on the way, for `--json`. */
export const withWarnings = <T extends object>(result: T, warnings: readonly string[]): T =>
  warnings.length ? { ...result, warnings } : result;

/** Whether a path leads to a place inside another path, or to that place itself. */
const isWithin = (one: Change['path'], other: Change['path']): boolean =>
  one.slice(0, other.length).every((key, depth) => key === other[depth]);

/** The text with the ids of what a path leads through and the text leaves out, for they choose what else there is. */
function withIds(text: string, whole: Experiment, path: Change['path']): string {
  const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  const at = (from: unknown, depth: number) => path.slice(0, depth).reduce(ownOf, from);
  for (let depth = 1; depth < path.length; depth++) {
    const id = ownOf(at(whole, depth), 'id');
    if (at(value, depth) === undefined && id !== undefined && path[depth] !== 'id')
      return applyChange(text, { path: [...path.slice(0, depth), 'id'], value: id });
  }
  return text;
}

/** The text with a setting; an InputError names it where it cannot be set. */
function withSetting(text: string, change: Change): string {
  try {
    return applyChange(text, change);
  } catch (error) {
    throw error instanceof InputError ? new InputError(`--set ${change.path.join('.')}: ${error.message}`) : error;
  }
}

function readSetting(setting: string): Change {
  const [, name, text] = /^([^=]+)=(.*)$/s.exec(setting) ?? [];
  if (name === undefined || text === undefined)
    throw new InputError(`--set takes path.to.field=value: got "${setting}"`);
  return { path: name.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key)), value: valueOf(text) };
}

/** JSON where it is JSON, a number where it is one that JSON writes otherwise, as .001, else text. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return isDecimal(text) ? Number(text) : text;
  }
}

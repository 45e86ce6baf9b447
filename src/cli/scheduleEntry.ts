import { entryRow, newEntry, newModifier, withInputs } from '../core/schedules/entry';
import { type ModifierEntry, type ScheduleEntry } from '../core/schedules/entrySchema';
import { entryProblems, parametersOf } from '../core/schedules/definition';
import { checkValues, type Parametric, type Values } from '../core/registry/parameters';
import { own } from '../core/registry/own';
import { InputError } from '../core/registry/problem';
import { scheduleFamily, type Input } from '../core/schedules';
import { modifierOf } from '../core/schedules/modifiers';
import { presetOf } from '../core/schedules/presets';
import { withInputText } from '../core/imports/inputText';
import { importFile, type ImportChoice } from '../core/imports';
import { readExperiment } from '../core/experiment/document';
import { ownOf } from '../core/registry/own';
import { readImportFile } from '../trainer/data/readImportFile';
import { readText } from './experimentFile';

/** A schedule as it is described on a command line; of a file, how it is imported. */
export interface EntryOptions extends ImportChoice {
  readonly param?: readonly string[] | undefined;
  readonly input?: readonly string[] | undefined;
  readonly modifier?: readonly string[] | undefined;
}

const PRESET = 'preset:';

/**
 * The entry of a family's id, of preset:ID, or of a file (an experiment, or one that can be imported), with parameters and inputs as name=value and modifiers as id:name=value,…;
 * an InputError says what is wrong and what is allowed. Warnings of its family come beside it.
 */
export async function readScheduleEntry(
  name: string,
  { param = [], input = [], modifier = [], ...choice }: EntryOptions,
): Promise<{ entry: ScheduleEntry; warnings: readonly string[] }> {
  const { entry: start, warnings: before = [] } = await startEntry(name, choice);
  let entry: ScheduleEntry = start;
  for (const pair of input) entry = await withInput(entry, ...split('--input', pair));
  const given = param.map((pair) => split('--param', pair));
  const row = { ...entryRow(entry), parameters: parametersOf(entry) };
  entry = { ...entry, params: valuesOf(row, entry.params, given) };
  entry = { ...entry, modifiers: [...entry.modifiers, ...modifier.map(readModifier)] };
  const warnings = entryProblems(entry).map(({ message }) => `${entry.id}: ${message}`);
  return { entry, warnings: [...before, ...warnings] };
}

/** Whether a name is that of a file: no id of a schedule has a dot or a slash. */
const isFile = (name: string) => /[./\\]/.test(name);

/** What an entry begins with. A file's first schedule; an InputError where a file has none. */
async function startEntry(
  name: string,
  choice: ImportChoice,
): Promise<{ entry: ScheduleEntry; warnings?: readonly string[] }> {
  if (name.startsWith(PRESET)) return { entry: presetOf(name.slice(PRESET.length)).entry };
  if (!isFile(name)) return { entry: newEntry(name) };
  const file = await readImportFile(name);
  if (file.text !== undefined && isExperiment(file.text))
    return { entry: readExperiment(file.text, name).schedules[0]! };
  const { experiment, hasSchedule, warnings } = importFile(file, choice);
  if (!hasSchedule)
    throw new InputError(`${name} says where steps begin, and nothing of the noise: it has no schedule`);
  return { entry: experiment.schedules[0]!, warnings };
}

function isExperiment(text: string): boolean {
  try {
    return ownOf(JSON.parse(text), 'schedules') !== undefined;
  } catch {
    return false;
  }
}

/** The two sides of name=value. */
function split(option: string, pair: string): [name: string, text: string] {
  const [, name, text] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
  if (name === undefined || text === undefined) throw new InputError(`${option} takes name=value: got "${pair}"`);
  return [name, text];
}

/** A row's values, with those that are given as text. The InputError lists all that is wrong with them. */
function valuesOf(row: Parametric, values: Values, given: readonly [name: string, text: string][]): Values {
  const names = Object.keys(row.parameters);
  const unknown = given.find(([name]) => !names.includes(name));
  if (unknown)
    throw new InputError(`${row.id} has no parameter "${unknown[0]}": it takes ${names.join(', ') || 'none'}`);
  const next = { ...values, ...Object.fromEntries(given.map(([name, text]) => [name, Number(text.trim() || NaN)])) };
  const problems = checkValues(row, next);
  if (problems.length) throw new InputError(problems.map(({ message }) => `${row.id}: ${message}`).join('\n'));
  return next;
}

async function withInput(entry: ScheduleEntry, name: string, text: string): Promise<ScheduleEntry> {
  const rows: Readonly<Record<string, Input>> = scheduleFamily(entry.id).inputs ?? {};
  const row = own(rows, name);
  if (!row)
    throw new InputError(`${entry.id} has no input "${name}": it takes ${Object.keys(rows).join(', ') || 'none'}`);
  if (row.kind === 'numbers') {
    const source = text.startsWith('@') ? text.slice(1) : /\.(csv|tsv|txt|json)$/i.test(text) ? text : undefined;
    return withInputText(entry, name, source === undefined ? text : await readText(source));
  }
  if (row.kind === 'choice' && !row.options.some(({ id }) => id === text))
    throw new InputError(`unknown ${name} "${text}": choose one of ${row.options.map(({ id }) => id).join(', ')}`);
  return withInputs(entry, { ...entry.inputs, [name]: text });
}

/** A modifier as id, or id:name=value,name=value. */
function readModifier(text: string): ModifierEntry {
  const [id, rest] = text.split(/:(.*)/s) as [string, string?];
  const row = modifierOf(id);
  const given = (rest ?? '').split(',').filter(Boolean);
  return {
    id,
    params: valuesOf(
      row,
      newModifier(id).params,
      given.map((pair) => split('--modifier', pair)),
    ),
  };
}

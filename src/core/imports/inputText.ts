import { InputError } from '../registry/problem';
import { scheduleFamily } from '../schedules';
import { betas } from '../schedules/betas';
import { newEntry, withInputs } from '../schedules/entry';
import { type ScheduleEntry } from '../schedules/entrySchema';
import type { NumbersInput } from '../schedules/inputs';
import { parseNumbers } from '../schedules/parseNumbers';
import { readConfig } from './diffusers';
import { jsonOf, refuseConflict } from './jsonFile';
import { anyList } from './lists';

/** What a text gives a schedule: all but its label. */
export type TableEntry = Omit<ScheduleEntry, 'label'>;

/**
 * The entry with the numbers of a text in one of its inputs. For a table of betas the text may be anything that can be
 * imported and read as text; the entry may then be of another family. An InputError names the row, its value and what is
 * allowed.
 */
export function withInputText(entry: ScheduleEntry, name: string, text: string): TableEntry {
  if (entry.id === betas.id) {
    const table = tableFromText(text);
    return table.id === entry.id ? withInputs(entry, { ...entry.inputs, [name]: table.inputs[name]! }) : table;
  }
  const family = scheduleFamily(entry.id);
  const next = withInputs(entry, {
    ...entry.inputs,
    [name]: parseNumbers(text, family.inputs![name] as NumbersInput),
  });
  const problem = family.checkInputs?.(next.inputs, next.params).find(({ severity }) => severity === 'error');
  if (problem) throw new InputError(problem.message);
  return next;
}

/**
 * The schedule of a text: numbers (JSON, CSV, or plain) make a table of betas, unless the name of their column says what
 * else they are; a scheduler's configuration gives what it describes.
 */
export function tableFromText(text: string): TableEntry {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  refuseConflict(trimmed);
  if (trimmed.startsWith('{')) return schedule(() => readConfig(jsonOf(trimmed) as Record<string, unknown>).schedule);
  try {
    const entry = newEntry(betas.id);
    const inputs = { ...entry.inputs, table: parseNumbers(trimmed, betas.inputs!.table as NumbersInput) };
    const [problem] = betas.checkInputs?.(inputs, entry.params) ?? [];
    if (problem) throw new InputError(problem.message);
    return { ...entry, inputs };
  } catch (error) {
    const other = named(trimmed);
    if (other) return other;
    throw error;
  }
}

function schedule(read: () => TableEntry | undefined): TableEntry {
  const found = read();
  if (!found) throw new InputError('this text describes no schedule');
  return found;
}

/** The schedule of a table whose column says by its name what it holds; undefined where there is none. */
function named(text: string): TableEntry | undefined {
  if (text.startsWith('[') || !/^[^\n]*[a-z]{2}/i.test(text)) return undefined;
  try {
    return anyList.read({ name: '', text, bytes: new Uint8Array() }, {}).schedule;
  } catch {
    return undefined;
  }
}

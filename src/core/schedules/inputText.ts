import { InputError } from '../registry/problem';
import { scheduleFamily } from '.';
import { betas } from './betas';
import { parseTable, type TableEntry } from './diffusersConfig';
import { withInputs } from './entry';
import { type ScheduleEntry } from './entrySchema';
import type { NumbersInput } from './inputs';
import { parseNumbers } from './parseNumbers';

/**
 * The entry with the numbers of a text in one of its inputs. For a table of betas the text may also be a scheduler's
 * configuration; the entry may then be of another family. An InputError names the row, its value and what is allowed.
 */
export function withInputText(entry: ScheduleEntry, name: string, text: string): TableEntry {
  if (entry.id === betas.id) {
    const table = parseTable(text);
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

import { newEntry } from '../schedules/entry';
import { type ScheduleEntry } from '../schedules/entrySchema';

/** What stands in where an experiment has too few schedules of its own. */
const COMMON = ['cosine', 'linear-beta', 'linear-gamma'];

/** How many schedules stand beside the trained one. */
const COUNT = 2;

/** Two schedules to run a model under beside its own: the first of those given, then common ones. */
export function otherSchedules(own: ScheduleEntry, given: readonly ScheduleEntry[]): ScheduleEntry[] {
  const text = (entry: ScheduleEntry) => JSON.stringify({ ...entry, label: undefined });
  const seen = new Set([text(own)]);
  const rows = [...given, ...COMMON.filter((id) => id !== own.id).map(newEntry)];
  return rows.filter((row) => !seen.has(text(row)) && seen.add(text(row))).slice(0, COUNT);
}

import { formatNumber } from '../text/format';
import { defaults, type Parameters, type Parametric, type Values } from '../registry/parameters';
import { scheduleFamily } from '.';
import { entryProblems, parametersOf, type ScheduleDefinition } from './definition';
import type { ModifierEntry, ScheduleEntry } from './entrySchema';
import { defaultInputs, type InputValues } from './inputs';
import { modifierOf } from './modifiers';
import type { Schedule, ScheduleFamily } from './schedule';

/** An entry of this family at its defaults. */
export function newEntry(id: string): ScheduleEntry {
  const family = scheduleFamily(id);
  const inputs = defaultInputs(family);
  const params = defaults({ parameters: { ...family.parameters, ...family.free?.(inputs) } });
  return { id, params, inputs, modifiers: [] };
}

/** A modifier at its defaults. */
export const newModifier = (id: string): ModifierEntry => ({ id, params: defaults(modifierOf(id)) });

/** The entry with other inputs. Parameters that only the old inputs added are dropped; new ones have their defaults. */
export function withInputs(entry: ScheduleEntry, inputs: InputValues): ScheduleEntry {
  const before = parametersOf(entry);
  const after = parametersOf({ ...entry, inputs });
  const kept = Object.entries(entry.params).filter(
    ([name]) => Object.hasOwn(after, name) || !Object.hasOwn(before, name),
  );
  return { ...entry, inputs, params: { ...defaults({ parameters: after }), ...Object.fromEntries(kept) } };
}

/** An entry's family as a row whose parameters and check know its inputs. */
export function entryRow(entry: ScheduleDefinition): Parametric {
  const family: ScheduleFamily = scheduleFamily(entry.id);
  return {
    ...family,
    parameters: parametersOf(entry),
    check: (params) =>
      family.check?.(params) ?? entryProblems({ ...entry, params }).find(({ severity }) => severity === 'error'),
  };
}

/** How charts and tables name an entry: its label, else its family and modifiers with what differs from the defaults. */
export function entryLabel({ label, ...entry }: ScheduleEntry): string {
  if (label) return label;
  const { id, params, inputs, modifiers } = entry;
  const { title, inputs: rows = {} } = scheduleFamily(id);
  const chosen = Object.entries(rows).flatMap(([key, row]) => {
    const value = inputs[key]!;
    if (row.kind === 'numbers') return row.noun ? [] : [`${value.length} rows`]; // weights do not tell entries apart
    if (value === row.default) return [];
    return [row.kind === 'choice' ? row.options.find((one) => one.id === value)!.title : String(value)];
  });
  const base = [title, ...chosen, ...changed(parametersOf(entry), params)].join(', ');
  const changes = modifiers.map((one) => {
    const row = modifierOf(one.id);
    return [row.title.toLowerCase(), ...changed(row.parameters, one.params)].join(' ');
  });
  return [base, ...changes].join(' + ');
}

const changed = (rows: Parameters, values: Values): string[] =>
  Object.entries(rows)
    .filter(([key, row]) => values[key] !== row.default)
    .map(([key, row]) => `${row.symbol} ${formatNumber(values[key]!)}`);

/** The schedule of a valid entry, its modifiers applied; parameters that it does not have are left aside. */
export const entrySchedule = ({ id, params, inputs, modifiers }: Omit<ScheduleEntry, 'label'>): Schedule =>
  modifiers.reduce(
    (schedule, modifier) => modifierOf(modifier.id).apply(schedule, modifier.params),
    scheduleFamily(id).create(params, inputs),
  );

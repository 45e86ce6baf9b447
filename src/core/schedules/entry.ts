import { formatNumber } from '../text/format';
import { defaults, type Parameters, type Parametric, type Values } from '../registry/parameters';
import { defaultInputs, type InputValues } from './inputs';
import { modifierOf } from './modifiers';
import type { EntryProblem, Schedule, ScheduleFamily } from './schedule';
import { scheduleFamily } from '.';

/** A modifier of an entry, every parameter spelled out. */
export interface ModifierEntry {
  readonly id: string;
  readonly params: Values;
}

/** One schedule of an experiment, everything spelled out. */
export interface ScheduleEntry {
  readonly id: string;
  readonly label?: string | undefined;
  readonly params: Values;
  readonly inputs: InputValues;
  /** In the order in which they are applied. */
  readonly modifiers: readonly ModifierEntry[];
}

/** An entry of this family at its defaults. */
export function newEntry(id: string): ScheduleEntry {
  const family = scheduleFamily(id);
  const inputs = defaultInputs(family);
  const params = defaults({ parameters: { ...family.parameters, ...family.free?.(inputs) } });
  return { id, params, inputs, modifiers: [] };
}

/** A modifier at its defaults. */
export const newModifier = (id: string): ModifierEntry => ({ id, params: defaults(modifierOf(id)) });

/** The parameters of an entry: its family's, and those its inputs bring along, whose sliders reach the values they have. */
export function parametersOf({ id, inputs, params }: Pick<ScheduleEntry, 'id' | 'inputs' | 'params'>): Parameters {
  const family = scheduleFamily(id);
  const free = Object.entries(family.free?.(inputs) ?? {}).map(([name, row]) => {
    const value = params[name] ?? row.default;
    const slider = [Math.min(row.slider[0], value), Math.max(row.slider[1], value)] as const;
    return [name, { ...row, slider }];
  });
  return { ...family.parameters, ...(Object.fromEntries(free) as Parameters) };
}

/** The entry with other inputs: parameters that only the old ones brought along are dropped, new ones have their defaults. */
export function withInputs(entry: ScheduleEntry, inputs: InputValues): ScheduleEntry {
  const before = parametersOf(entry);
  const after = parametersOf({ ...entry, inputs });
  const kept = Object.entries(entry.params).filter(([name]) => name in after || !(name in before));
  return { ...entry, inputs, params: { ...defaults({ parameters: after }), ...Object.fromEntries(kept) } };
}

/** What is wrong with an entry whose inputs and values are of the right type and in range, taken together. */
export function entryProblems({ id, inputs, params }: Pick<ScheduleEntry, 'id' | 'inputs' | 'params'>): EntryProblem[] {
  const family = scheduleFamily(id);
  return [...(family.checkInputs?.(inputs, params) ?? [])];
}

/** An entry's family as a row whose parameters and check know its inputs. */
export function entryRow(entry: Pick<ScheduleEntry, 'id' | 'inputs' | 'params'>): Parametric {
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

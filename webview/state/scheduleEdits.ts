import { newEntry, newModifier, withInputs } from '../../src/core/schedules/entry';
import { type ScheduleEntry } from '../../src/core/schedules/entrySchema';
import { scheduleFamily, schedules, type InputValue } from '../../src/core/schedules';
import type { TableEntry } from '../../src/core/schedules/diffusers';
import { presetOf, presets, type Preset } from '../../src/core/schedules/presets';
import { readNumbers } from '../../src/core/schedules/readNumbers';
import type { LearnedRecord } from '../../src/core/runs/record';
import type { Store } from './store';

/** Begins the value of a preset in the picker of families. */
export const PRESET = 'preset:';

const isPresetTitle = (label: string | undefined) => presets.some(({ title }) => title === label);

/** The preset that an entry is, under its name and unchanged. */
export const presetOfEntry = ({ label, id, params, inputs, modifiers }: ScheduleEntry): Preset | undefined => {
  const own = JSON.stringify(sorted({ id, params, inputs, modifiers }));
  return presets.find(({ title, entry }) => title === label && JSON.stringify(sorted(entry)) === own);
};

/** A value with its keys in order, to compare by. */
const sorted = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(sorted);
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, one]) => [key, sorted(one)]),
  );
};

/** Adds the first family that is not shown yet. */
export function addSchedule(store: Store): void {
  const entries = store.entries();
  const used = new Set(entries.map(({ id }) => id));
  const family = schedules.find(({ id }) => !used.has(id)) ?? schedules[0]!;
  store.open.clear();
  store.open.add(entries.length);
  store.edit({ path: ['schedules', entries.length], value: newEntry(family.id), insert: true });
}

/**
 * Gives a schedule another family, at its defaults and with the modifiers it has, or a preset. What was a preset's goes
 * with it: its label, and its modifiers where nothing was changed; the rest stays.
 */
export function chooseFamily(store: Store, index: number, value: string): void {
  const preset = value.startsWith(PRESET) ? presetOf(value.slice(PRESET.length)) : undefined;
  const before = store.entries()[index]!;
  const { label } = before;
  const modifiers = presetOfEntry(before) ? [] : before.modifiers;
  const keeps = label !== undefined && !isPresetTitle(label);
  replace(store, index, preset?.entry ?? { ...newEntry(value), modifiers }, keeps ? label : preset?.title);
}

/** Makes a schedule another one, in one edit. */
function replace(store: Store, index: number, entry: TableEntry, label: string | undefined): void {
  const at = ['schedules', index] as const;
  const before = store.entries()[index]!;
  store.drafts.clear(at);
  const changes = (['id', 'params', 'inputs', 'modifiers'] as const).map((key) => ({
    path: [...at, key],
    value: entry[key],
  }));
  store.edit(...changes, ...(label === before.label ? [] : [{ path: [...at, 'label'], value: label }]));
}

/** Sets an input; a formula that began with the old option's example begins with that of the new one. */
export function setInput(store: Store, index: number, name: string, value: InputValue): void {
  const entry = store.entries()[index]!;
  const inputs: Record<string, InputValue> = { ...entry.inputs, [name]: value };
  for (const [key, row] of Object.entries(scheduleFamily(entry.id).inputs ?? {})) {
    if (row.kind !== 'formula' || row.examples?.by !== name) continue;
    const { formulas } = row.examples;
    if (entry.inputs[key] === formulas[entry.inputs[name] as string]) inputs[key] = formulas[value as string]!;
  }
  const { params } = withInputs(entry, inputs);
  const at = ['schedules', index] as const;
  store.drafts.clear(at);
  const changed = Object.keys(inputs).filter((key) => inputs[key] !== entry.inputs[key]);
  store.edit(
    ...changed.map((key) => ({ path: [...at, 'inputs', key], value: inputs[key] })),
    ...(JSON.stringify(params) === JSON.stringify(entry.params) ? [] : [{ path: [...at, 'params'], value: params }]),
  );
}

/** Reads a text of numbers, or of a scheduler's configuration, into an input; an InputError says what is wrong with it. */
export function setNumbers(store: Store, index: number, name: string, text: string): void {
  const before = store.entries()[index]!;
  const { id, label, modifiers } = before;
  const entry = readNumbers(before, name, text);
  if (entry.id === id) setInput(store, index, name, entry.inputs[name]!);
  else replace(store, index, { ...entry, modifiers: [...modifiers, ...entry.modifiers] }, label);
}

/** Takes a learned schedule into the document's first one of its family, else as one more, in one edit. */
export function useLearned(store: Store, { gammaMin, gammaMax, weights }: LearnedRecord): void {
  const entries = store.entries();
  const index = entries.findIndex(({ id }) => id === 'learned');
  const params = { gammaMin, gammaMax };
  if (index < 0) {
    const value = { ...newEntry('learned'), params, inputs: { weights } };
    return store.edit({ path: ['schedules', entries.length], value, insert: true });
  }
  const at = ['schedules', index] as const;
  store.drafts.clear(at);
  store.edit({ path: [...at, 'params'], value: params }, { path: [...at, 'inputs', 'weights'], value: weights });
}

/** Adds a modifier at the end of a schedule's. */
export function addModifier(store: Store, index: number, id: string): void {
  const { modifiers } = store.entries()[index]!;
  store.edit({ path: ['schedules', index, 'modifiers', modifiers.length], value: newModifier(id), insert: true });
}

export function removeModifier(store: Store, index: number, k: number): void {
  store.drafts.clear(['schedules', index]);
  store.edit({ path: ['schedules', index, 'modifiers', k], value: undefined });
}

/** Moves a modifier in the order in which a schedule's are applied. */
export function moveModifier(store: Store, index: number, from: number, to: number): void {
  const modifiers = [...store.entries()[index]!.modifiers];
  modifiers.splice(to, 0, ...modifiers.splice(from, 1));
  store.drafts.clear(['schedules', index]);
  store.edit({ path: ['schedules', index, 'modifiers'], value: modifiers });
}

import { changesAt, type Change } from '../../src/core/experiment/changes';
import type { Experiment } from '../../src/core/experiment/experiment';
import type { LearnedRecord } from '../../src/core/runs/record';
import { withInputText, type TableEntry } from '../../src/core/imports/inputText';
import { schedules } from '../../src/core/schedules';
import { entryLabel, entrySchedule, newEntry, newModifier } from '../../src/core/schedules/entry';
import type { ScheduleEntry } from '../../src/core/schedules/entrySchema';
import { fitPoints, type FittedPoints } from '../../src/core/schedules/fitPoints';
import type { NumbersInput } from '../../src/core/schedules/inputs';
import { flatPoints, pointsFamily } from '../../src/core/schedules/points';
import { presetOf, presets, type Preset } from '../../src/core/schedules/presets';

import type { Editing } from './editing';
import { numbersText } from './fieldText';

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

/** The schedules of the document, without what is being edited. */
export const entriesOf = ({ document }: Editing): readonly ScheduleEntry[] => document?.schedules ?? [];

/** A new entry of the first family that is not shown yet. */
export function nextEntry(entries: readonly ScheduleEntry[]): ScheduleEntry {
  const used = new Set(entries.map(({ id }) => id));
  const family = schedules.find(({ id }) => !used.has(id)) ?? schedules[0]!;
  return newEntry(family.id);
}

/**
 * Gives a schedule another family, at its defaults and with the modifiers it has, or a preset. What was a preset's goes
 * with it: its label, and its modifiers where nothing was changed; the rest stays.
 */
export function chooseFamily(editing: Editing, index: number, value: string): void {
  const preset = value.startsWith(PRESET) ? presetOf(value.slice(PRESET.length)) : undefined;
  const before = entriesOf(editing)[index]!;
  const { label } = before;
  const modifiers = presetOfEntry(before) ? [] : before.modifiers;
  const keeps = label !== undefined && !isPresetTitle(label);
  const entry = preset?.entry ?? { ...newEntry(value), modifiers };
  editing.replace(['schedules', index], entryChanges(before, index, entry, keeps ? label : preset?.title));
}

/** The changes that make a schedule another one. */
function entryChanges(before: ScheduleEntry, index: number, entry: TableEntry, label: string | undefined): Change[] {
  const at = ['schedules', index] as const;
  const changes = (['id', 'params', 'inputs', 'modifiers'] as const).map((key) => ({
    path: [...at, key],
    value: entry[key],
  }));
  return [...changes, ...(label === before.label ? [] : [{ path: [...at, 'label'], value: label }])];
}

/**
 * The changes that a text of numbers stands for, or one of a scheduler's configuration. An InputError says what is wrong
 * with it.
 */
export function numbersChanges(experiment: Experiment, index: number, name: string, text: string): Change[] {
  const before = experiment.schedules[index]!;
  const { id, label, modifiers } = before;
  const entry = withInputText(before, name, text);
  if (entry.id === id) return changesAt(experiment, ['schedules', index, 'inputs', name], entry.inputs[name]);
  return entryChanges(before, index, { ...entry, modifiers: [...modifiers, ...entry.modifiers] }, label);
}

/** Takes a learned schedule into the document's first one of its family, else as one more, in one edit. */
export function useLearned(editing: Editing, { gammaMin, gammaMax, weights }: LearnedRecord): void {
  const entries = entriesOf(editing);
  const index = entries.findIndex(({ id }) => id === 'learned');
  const params = { gammaMin, gammaMax };
  const at = ['schedules', index < 0 ? entries.length : index];
  const value = { ...newEntry('learned'), params, inputs: { weights } };
  editing.replace(
    at,
    index < 0
      ? [{ path: at, value, insert: true }]
      : [
          { path: [...at, 'params'], value: params },
          { path: [...at, 'inputs', 'weights'], value: weights },
        ],
  );
}

/** Whether the document's learned schedule is what a run learned. */
export const hasLearned = (editing: Editing, { weights }: LearnedRecord): boolean =>
  entriesOf(editing).some(({ id, inputs }) => id === 'learned' && String(inputs.weights) === weights.join());

const pointsPath = (index: number) => ['schedules', index, 'inputs', 'points'];

/** Whether control points of an entry are those of its curve, so that they can be taken hold of on it. */
export const hasFreePoints = ({ id, modifiers }: ScheduleEntry): boolean => id === pointsFamily.id && !modifiers.length;

/** Shows other control points of a schedule, or puts them into the document, in one edit. */
export function editPoints(editing: Editing, index: number, flat: readonly number[], kind: 'preview' | 'commit'): void {
  editing[kind](pointsPath(index), numbersText(flat, pointsFamily.inputs!.points as NumbersInput));
}

/** Goes back to the control points of the document. */
export const restorePoints = (editing: Editing, index: number): void => editing.restore(pointsPath(index));

/** Makes a schedule one of control points that follow it on the window, in one edit. An InputError where none can. */
export function editAsPoints(editing: Editing, index: number, limit: number): FittedPoints {
  const before = entriesOf(editing)[index]!;
  const fitted = fitPoints(entrySchedule(before), limit);
  const entry = { ...newEntry(pointsFamily.id), inputs: { points: flatPoints(fitted.points) } };
  editing.replace(['schedules', index], entryChanges(before, index, entry, `${entryLabel(before)}, as points`));
  return fitted;
}

/** Adds a modifier at the end of a schedule's. */
export function addModifier(editing: Editing, index: number, id: string): void {
  const { modifiers } = entriesOf(editing)[index]!;
  const path = ['schedules', index, 'modifiers', modifiers.length];
  editing.replace(path, [{ path, value: newModifier(id), insert: true }]);
}

export function removeModifier(editing: Editing, index: number, k: number): void {
  editing.replace(['schedules', index], [{ path: ['schedules', index, 'modifiers', k], value: undefined }]);
}

/** Moves a modifier in the order in which a schedule's are applied. */
export function moveModifier(editing: Editing, index: number, from: number, to: number): void {
  const modifiers = [...entriesOf(editing)[index]!.modifiers];
  modifiers.splice(to, 0, ...modifiers.splice(from, 1));
  editing.replace(['schedules', index], [{ path: ['schedules', index, 'modifiers'], value: modifiers }]);
}

import { newExperiment, experimentSchema, type Experiment } from '../experiment/experiment';
import { fieldAt } from '../experiment/fieldAt';
import { labelOf, valueText } from '../experiment/fieldWords';
import { formatNumber } from '../text/format';
import { jsonDigest } from '../text/digest';

/** A setting's value: a number, a flag, a text, or a list as its JSON. */
export type SettingValue = string | number | boolean;

/** Settings of a run by their paths, model.hidden and so on; those that have their defaults are left out. */
export type RunSettings = Readonly<Record<string, SettingValue>>;

/** What a run depends on. Of the schedules only the first is trained. */
const PARTS = ['schedules', 'window', 'data', 'model', 'training', 'dynamics', 'integrator', 'grid', 'start'] as const;

/** Settings of which each seed has its own, or that are gone once a run is made. */
const APART: readonly string[] = ['training.seeds'];

/** Every setting of a run by its path. */
export function settingsOf(experiment: Experiment): RunSettings {
  const found: Record<string, SettingValue> = {};
  const walk = (path: string, value: unknown): void => {
    if (APART.includes(path) || value === undefined || value === null) return;
    if (Array.isArray(value) && path !== 'schedules') {
      if (value.length) found[path] = JSON.stringify(value);
      return;
    }
    if (typeof value !== 'object') found[path] = value as SettingValue;
    else for (const [key, one] of Object.entries(value)) if (path !== 'schedules' || key === '0') walk(`${path}.${key}`, one); // prettier-ignore
  };
  for (const part of PARTS) walk(part, experiment[part]);
  return found;
}

const defaults = settingsOf(experimentSchema.parse(newExperiment()));

/** Changes where another version has other defaults: what was left out then means something else. */
export const defaultsDigest = jsonDigest(defaults);

/** The settings of an experiment that differ from their defaults. One that has no value where the default has one is ''. */
export function changedSettings(experiment: Experiment): RunSettings {
  const all = settingsOf(experiment);
  const changed = Object.entries(all).filter(([path, value]) => value !== defaults[path]);
  const lacking = Object.keys(defaults).filter((path) => !(path in all));
  return Object.fromEntries([...changed, ...lacking.map((path) => [path, ''] as const)]);
}

/** The value of a setting of a run; undefined where it has none. */
export function settingValue(settings: RunSettings, path: string): SettingValue | undefined {
  const value = settings[path] ?? defaults[path];
  return value === '' ? undefined : value;
}

/** The paths of the settings in which runs differ, in the order of the document. */
export function differingSettings(all: readonly RunSettings[]): string[] {
  const distinct = [...new Set(all)];
  const paths = [...new Set([...Object.keys(defaults), ...distinct.flatMap((one) => Object.keys(one))])];
  const touched = new Set(distinct.flatMap((one) => Object.keys(one)));
  const differ = paths.filter(
    (path) => touched.has(path) && new Set(distinct.map((one) => settingValue(one, path))).size > 1,
  );
  const part = (path: string) => PARTS.findIndex((one) => path.startsWith(one));
  return differ.sort((a, b) => part(a) - part(b));
}

/** As much of an experiment as its settings say, for the schema to know which fields it has. */
function partOf(settings: RunSettings, path: string): Experiment {
  const made: Record<string, unknown> = {};
  const keys = path.split('.');
  keys.slice(0, -1).reduce<Record<string, unknown>>((around, key, depth) => {
    const id = settingValue(settings, [...keys.slice(0, depth + 1), 'id'].join('.'));
    const inner: Record<string, unknown> = keys[depth + 1] === '0' ? ([] as never) : id === undefined ? {} : { id };
    around[key] = inner;
    return inner;
  }, made);
  return made as unknown as Experiment;
}

const pathOf = (path: string): (string | number)[] =>
  path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key));

/** A setting as it is called, and its value as a person reads it. */
export interface SettingWords {
  readonly title: string;
  readonly value: string;
}

/** The words of a setting of a run. */
export function settingWords(settings: RunSettings, path: string): SettingWords {
  const keys = pathOf(path);
  const around = partOf(settings, path);
  const isId = keys.at(-1) === 'id';
  const field = fieldAt(isId && keys.length > 2 ? keys.slice(0, -1) : keys, around) ?? fieldAt(keys, around);
  const value = settingValue(settings, path);
  const owner = isId ? fieldAt(keys.slice(0, -1), around) : undefined;
  const choices = field?.choices ?? owner?.choices;
  const title = isId && owner?.title ? owner.title : field ? labelOf(field) : String(keys.at(-1));
  return { title: title === 'id' ? String(keys.at(-2)) : title, value: textOf(value, field?.kind, choices) };
}

type Choices = Parameters<typeof valueText>[0]['choices'];

function textOf(
  value: SettingValue | undefined,
  kind: Parameters<typeof valueText>[0]['kind'] = 'text',
  choices?: Choices,
): string {
  if (value === undefined) return 'none';
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string' && /^[[{]/.test(value)) return value.replace(/^\[([^[{]*)\]$/, '$1').replaceAll(',', ', ').replaceAll('"', ''); // prettier-ignore
  return valueText({ kind, choices }, value);
}

/** A setting in a name: the title of what was chosen alone, else the setting and its value. */
export function settingText(settings: RunSettings, path: string): string {
  const { title, value } = settingWords(settings, path);
  return path.endsWith('.id') ? value : `${title.charAt(0).toLowerCase()}${title.slice(1)} ${value}`;
}

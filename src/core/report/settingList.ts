import { experimentSchema, type Experiment } from '../experiment/experiment';
import { fieldAt } from '../experiment/fieldAt';
import { formatNumber } from '../text/format';

/** A setting of an experiment: its place, its name, and its value in words. */
export interface Setting {
  /** Its path, with points: "training.learningRate". */
  readonly path: string;
  readonly title: string;
  readonly value: string;
}

/** Keys that say what an experiment is, and are no settings. */
const NAMES = ['$schema', 'version', 'name', 'imported'];

/** The settings of an experiment, in the order of its schema. */
export function settingsOf(experiment: Experiment): readonly Setting[] {
  const list: Setting[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (value === undefined) return;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    const hasObjects = Array.isArray(value) && value.some((one) => typeof one === 'object');
    if (isObject || hasObjects) {
      for (const [key, part] of Object.entries(value)) visit(part, [...path, Array.isArray(value) ? Number(key) : key]);
      return;
    }
    list.push({
      path: path.join('.'),
      title: titleOf(path, experiment),
      value: choiceText(path, experiment, value) ?? valueText(value),
    });
  };
  for (const key of Object.keys(experimentSchema.shape))
    if (!NAMES.includes(key)) visit(experiment[key as keyof Experiment], [key]);
  return list;
}

/** Those whose value the schema does not give by itself: what was chosen. Which schedules there are is always among them. */
export function chosenSettings(experiment: Experiment): readonly Setting[] {
  const { version, name, schedules } = experiment;
  const bare = experimentSchema.parse({ version, name, schedules: schedules.map(({ id }) => ({ id })) }) as Experiment;
  const usual = new Map(settingsOf(bare).map(({ path, value }) => [path, value]));
  return settingsOf(experiment).filter(
    ({ path, value }) => usual.get(path) !== value || /^schedules\.\d+\.id$/.test(path),
  );
}

/** The settings in which some experiments differ, with the value of each; "" where one has no such setting. */
export function differingSettings(
  experiments: readonly Experiment[],
): readonly (Omit<Setting, 'value'> & { readonly values: readonly string[] })[] {
  const lists = experiments.map(settingsOf);
  const titles = new Map(lists.flat().map(({ path, title }) => [path, title]));
  const values = lists.map((list) => new Map(list.map(({ path, value }) => [path, value])));
  return [...titles].flatMap(([path, title]) => {
    const all = values.map((known) => known.get(path) ?? '');
    return new Set(all).size > 1 ? [{ path, title, values: all }] : [];
  });
}

/** The name of a setting. An id is named as what it is the id of; of several, with its number. */
function titleOf(path: readonly (string | number)[], experiment: Experiment): string {
  const field = fieldAt(path, experiment);
  if (path.at(-1) === 'id' && (!field || field.title === 'id')) {
    const owner = path.slice(0, -1);
    const k = owner.at(-1);
    const title = fieldAt(owner, experiment)?.title ?? String(owner[0]);
    return typeof k === 'number' ? `Schedule ${k + 1}` : title;
  }
  const symbol = field?.parameter?.symbol;
  return field ? (symbol ? `${field.title} ${symbol}` : field.title) : String(path.at(-1));
}

/** What a row of a registry is called, where a setting chooses one. */
const choiceText = (path: readonly (string | number)[], experiment: Experiment, value: unknown): string | undefined => {
  const { choices } = fieldAt(path, experiment) ?? {};
  const ofOwner = path.at(-1) === 'id' ? fieldAt(path.slice(0, -1), experiment)?.choices : undefined;
  return (choices ?? ofOwner)?.find(({ id }) => id === value)?.title;
};

function valueText(value: unknown): string {
  if (typeof value === 'number') return formatNumber(value, 6);
  if (Array.isArray(value)) return value.length > 12 ? `${value.length} values` : value.map(valueText).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

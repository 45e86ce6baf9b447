import { models } from '../models';
import { lineText } from '../text/plainText';
import type { RunNotes } from './notes';
import type { RunRecord } from './record';
import { differingSettings, settingText, settingValue, type RunSettings } from './settings';

/** What the name of a run is made of. */
export interface NamedRun extends Pick<RunRecord, 'id' | 'name' | 'model' | 'seed' | 'started'> {
  /** Undefined while they are not known. */
  readonly settings?: RunSettings | undefined;
  readonly notes?: RunNotes | undefined;
}

/** Where this share of the runs has one value of a setting, only the others name theirs. */
const USUAL = 0.75;

/** A time as a person reads it here: 2026-11-28 16:05, to the second where that is needed. */
export function timeText(iso: string, toSeconds = false): string {
  const time = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join('-');
  const clock = [time.getHours(), time.getMinutes(), ...(toSeconds ? [time.getSeconds()] : [])].map(two).join(':');
  return `${day} ${clock}`;
}

/** The texts that each run has of the settings in which they differ; a usual value is left out. */
function settingParts(runs: readonly NamedRun[]): ReadonlyMap<string, readonly string[]> {
  const settings = (run: NamedRun): RunSettings => run.settings ?? { 'model.id': run.model };
  const known = runs.filter((run) => run.settings);
  const paths = differingSettings(known.length ? known.map(settings) : runs.map(settings));
  const usual = new Map(
    paths.map((path) => {
      const counts = new Map<unknown, number>();
      for (const run of runs) {
        const value = settingValue(settings(run), path);
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      const [value, count] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
      return [path, { value, isUsual: count > USUAL * runs.length }];
    }),
  );
  const texts = new Map<string, string>();
  const textOf = (run: NamedRun, path: string) => {
    if (path === 'model.id') return models.find(({ id }) => id === run.model)!.title;
    const key = `${path} ${String(settingValue(settings(run), path))} ${path.includes('.params.') ? JSON.stringify(run.settings) : ''}`;
    const text = texts.get(key) ?? settingText(settings(run), path);
    texts.set(key, text);
    return text;
  };
  const first = (a: string, b: string) => Number(b === 'model.id') - Number(a === 'model.id');
  return new Map(
    runs.map((run) => [
      run.id,
      paths
        .filter((path) => !usual.get(path)!.isUsual || usual.get(path)!.value !== settingValue(settings(run), path))
        // what belongs to one choice alone is said by the choice for all who lack it
        .filter((path) => settingValue(settings(run), path) !== undefined)
        .sort(first)
        .map((path) => textOf(run, path)),
    ]),
  );
}

/** Runs by their names so far, where more than one has a name. */
const twins = (runs: readonly NamedRun[], nameOf: (run: NamedRun) => string): Set<string> => {
  const seen = new Map<string, string>();
  const found = new Set<string>();
  for (const run of runs) {
    const first = seen.get(nameOf(run));
    if (first === undefined) seen.set(nameOf(run), run.id);
    else found.add(first).add(run.id);
  }
  return found;
};

/**
 * The names of runs, by their ids: what tells each from the others. That is its own title or the experiment's name, the
 * settings in which the runs differ, the seed, and where all that is one, when it was started. `experiment` says whether
 * the experiment's name stands in each name, or only where the runs are of several.
 */
export function runNames(
  runs: readonly NamedRun[],
  experiment: 'always' | 'where it differs' = 'always',
): ReadonlyMap<string, string> {
  const isNamed = experiment === 'always' || new Set(runs.map(({ name }) => name)).size > 1;
  // the experiment tells runs apart by itself: settings in which only others differ need not be said
  const settings = new Map(
    [...new Set(runs.map(({ name }) => (isNamed ? name : undefined)))].flatMap((one) => [
      ...settingParts(one === undefined ? runs : runs.filter(({ name }) => name === one)),
    ]),
  );
  const seeded = new Set(runs.map(({ seed }) => seed)).size > 1;
  const parts = new Map<string, string[]>(
    runs.map((run) => {
      const title = run.notes?.title;
      const told = title === undefined ? [...(isNamed ? [lineText(run.name)] : []), ...settings.get(run.id)!] : [title];
      return [run.id, told];
    }),
  );
  const nameOf = ({ id }: NamedRun) => parts.get(id)!.join(' · ');
  const add = (which: Set<string>, text: (run: NamedRun) => string) => {
    for (const run of runs) if (which.has(run.id)) parts.get(run.id)!.push(text(run));
  };
  const untitled = new Set(runs.filter(({ notes }) => notes?.title === undefined).map(({ id }) => id));
  if (seeded) add(new Set([...untitled, ...twins(runs, nameOf)]), ({ seed }) => `seed ${seed}`);
  const same = twins(runs, nameOf);
  const minutes = new Set(
    runs.filter(({ id }) => same.has(id)).map((run) => `${nameOf(run)} ${timeText(run.started)}`),
  );
  add(same, ({ started }) => timeText(started, minutes.size < same.size));
  const last = twins(runs, nameOf);
  let count = 0;
  add(last, () => `(${++count})`);
  for (const run of runs) if (!parts.get(run.id)!.length) parts.get(run.id)!.push(timeText(run.started));
  return new Map(runs.map((run) => [run.id, nameOf(run)]));
}

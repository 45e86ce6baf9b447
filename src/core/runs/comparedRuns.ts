import { halfWidth, meanOverSeeds, pairedDifference, type Difference } from '../evaluation';
import { InputError } from '../registry/problem';
import { lineText } from '../text/plainText';
import type { Table } from '../text/tables';
import { testScore } from './metrics';
import type { RunSummary } from './runList';
import { runNames } from './runNames';
import { variantOf } from './runTree';
import { differingSettings, settingValue, settingWords, type SettingValue } from './settings';

/** How many runs can be compared at once. */
export const [FEWEST_COMPARED, MOST_COMPARED] = [2, 50];

/** The most characters of a value in words. */
const LONGEST_TEXT = 48;

/** A setting in which runs differ. */
export interface DifferingSetting {
  readonly path: string;
  readonly title: string;
  /** Of each run, as it stands in the document; undefined where it has none. */
  readonly values: readonly (SettingValue | undefined)[];
  /** The same in words. */
  readonly texts: readonly string[];
}

/** Runs that differ in nothing but their seeds. */
export interface SeedGroup {
  /** Places of its runs among those compared. */
  readonly members: readonly number[];
  readonly score?: string | undefined;
  /** How many seeds ended with a score, their mean and the ends of its 95 % t-interval; NaN where there is none. */
  readonly n: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Its scores less those of the best group over the seeds that both have; none for the best. */
  readonly difference?: Difference | undefined;
}

export interface ComparedRuns {
  readonly runs: readonly RunSummary[];
  /** What tells each run from the others. */
  readonly names: readonly string[];
  readonly settings: readonly DifferingSetting[];
  readonly groups: readonly SeedGroup[];
  /** The group with the highest mean, where all are of one score. */
  readonly best?: SeedGroup | undefined;
}

/** The scores of runs that trained to their end, by seed; of two with one seed that of the later one. */
function seedScores(runs: readonly RunSummary[]): ReadonlyMap<number, number> {
  const byTime = [...runs].sort((a, b) => a.started.localeCompare(b.started));
  return new Map(
    byTime.flatMap((run) => {
      const score = run.state === 'done' ? testScore(run)?.value : undefined;
      return score === undefined || !Number.isFinite(score) ? [] : [[run.seed, score] as const];
    }),
  );
}

function groupOf(runs: readonly RunSummary[], members: readonly number[]): SeedGroup {
  const own = members.map((k) => runs[k]!);
  const summary = meanOverSeeds([...seedScores(own).values()]);
  const { n, mean } = summary;
  const half = halfWidth(summary);
  const score = own.map(testScore).find(Boolean)?.name;
  return { members, score, n, mean, low: mean - half, high: mean + half };
}

/**
 * Compares 2 to 50 runs: the settings in which they differ, means with intervals over runs that differ in the seed alone,
 * and how each such group differs from the best, paired by seed. An InputError at another number of runs.
 */
export function compareRuns(runs: readonly RunSummary[]): ComparedRuns {
  if (runs.length < FEWEST_COMPARED || runs.length > MOST_COMPARED)
    throw new InputError(`${FEWEST_COMPARED} to ${MOST_COMPARED} runs can be compared: got ${runs.length}`);
  const all = runs.map(({ settings = {} }) => settings);
  const settings = differingSettings(all).map((path) => {
    const words = all.map((one) => settingWords(one, path));
    const named = all.findIndex((one) => settingValue(one, path) !== undefined);
    return {
      path,
      title: words[named]!.title,
      values: all.map((one) => settingValue(one, path)),
      texts: words.map(({ value }) => (value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT - 1)}…` : value)),
    };
  });
  const byVariant = new Map<string, number[]>();
  runs.forEach((run, k) => byVariant.set(variantOf(run), [...(byVariant.get(variantOf(run)) ?? []), k]));
  const measured = [...byVariant.values()].map((members) => groupOf(runs, members));
  // equal ids in several folders are several runs
  const named = runNames(runs.map((run, k) => ({ ...run, id: String(k) })));
  const names = runs.map((_, k) => named.get(String(k))!);
  const known = measured.filter(({ n }) => n > 0);
  if (new Set(known.map(({ score }) => score)).size !== 1) return { runs, names, settings, groups: measured };
  const best = known.reduce((top, group) => (top.mean >= group.mean ? top : group));
  const scoresOf = ({ members }: SeedGroup) => seedScores(members.map((k) => runs[k]!));
  const reference = scoresOf(best);
  const groups = measured.map((group) =>
    group === best ? group : { ...group, difference: pairedDifference(scoresOf(group), reference) },
  );
  return { runs, names, settings, groups, best };
}

/** What a run is called beside its settings. */
export const titleOf = ({ notes, name }: RunSummary): string => notes?.title ?? lineText(name);

/** Compared runs as a table, a row for each; the settings in which they differ alone. */
export function comparedTable({ runs, settings }: ComparedRuns): Table {
  const scores = [...new Set(runs.flatMap((run) => testScore(run)?.name ?? []))];
  return {
    names: ['run', ...settings.map(({ title }) => title), 'seed', ...scores, 'state', 'steps', 'seconds', 'id'],
    rows: runs.map((run, k) => {
      const score = testScore(run);
      return [
        titleOf(run),
        ...settings.map(({ texts, values }) => (typeof values[k] === 'number' ? values[k] : texts[k]!)),
        run.seed,
        ...scores.map((name) => (score?.name === name ? score.value : NaN)),
        run.state,
        run.step,
        run.seconds,
        run.id,
      ];
    }),
  };
}

/** The same with a row for each choice of settings: the mean over its seeds and its 95 % interval. */
export function groupedTable({ settings, groups }: ComparedRuns): Table {
  const words = ['score', 'seeds', 'mean', '95% low', '95% high', 'minus the best', 'its 95% low', 'its 95% high'];
  return {
    names: [...settings.map(({ title }) => title), ...words],
    rows: groups.map((group) => {
      const [first] = group.members as [number];
      const { mean = NaN, low = NaN, high = NaN } = group.difference ?? {};
      return [
        ...settings.map(({ texts, values }) => (typeof values[first] === 'number' ? values[first] : texts[first]!)),
        group.score ?? '–',
        group.n,
        ...[group.mean, group.low, group.high, mean, low, high],
      ];
    }),
  };
}

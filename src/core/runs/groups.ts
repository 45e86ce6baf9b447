import { meanOverSeeds } from '../evaluation/seedStatistics';
import { namedScores, testScore, type Scores } from './metrics';
import type { RunRecord, TrainTask } from './record';
import type { RunSummary } from './runList';

/** What several seeds reached: the mean, its standard error (none for one value), and each value. */
export interface Spread {
  readonly n: number;
  readonly mean: number;
  readonly standardError?: number | undefined;
  readonly values: readonly number[];
}

/** What is needed of a run among the seeds of its experiment. */
export interface SeedRun extends Scores, Pick<RunRecord, 'id' | 'name' | 'seed' | 'group'> {}

/** The runs of one experiment of several seeds. */
export interface RunGroup<R extends SeedRun = RunSummary> {
  readonly id: string;
  readonly name: string;
  /** By seed, ascending. */
  readonly runs: readonly R[];
  /** The score on test rows (accuracy or R²), over the runs that have one. */
  readonly test?: { readonly name: string; readonly spread: Spread } | undefined;
}

/** Mean and standard error of values that are finite; undefined where there is none. */
export function spreadOf(all: readonly (number | undefined)[]): Spread | undefined {
  const values = all.filter((value) => value !== undefined && Number.isFinite(value)) as number[];
  if (!values.length) return undefined;
  const { n, mean, error } = meanOverSeeds(values);
  return n === 1 ? { n, mean, values } : { n, mean, standardError: error, values };
}

/** The spread of every score that was measured, with its name and its key. */
export function scoreSpreads(
  records: readonly Scores[],
): (readonly [name: string, spread: Spread, key: keyof Scores])[] {
  const names = new Map(records.flatMap(namedScores).map(([name, , key]) => [key, name]));
  return [...names].map(([key, name]) => [name, spreadOf(records.map((record) => record[key]))!, key]);
}

/** A spread in words: 0.9812 ± 0.0021. */
export const spreadText = ({ mean, standardError }: Spread): string =>
  standardError === undefined ? mean.toFixed(4) : `${mean.toFixed(4)} ± ${standardError.toFixed(4)}`;

/** The groups among runs, in the order in which their first runs come. */
export function groupsOf<R extends SeedRun>(records: readonly R[]): RunGroup<R>[] {
  const byId = new Map<string, R[]>();
  for (const record of records) {
    if (record.group === undefined) continue;
    const members = byId.get(record.group);
    if (members) members.push(record);
    else byId.set(record.group, [record]);
  }
  return [...byId].map(([id, members]) => {
    const runs = members.sort((a, b) => a.seed - b.seed);
    const scores = runs.map(testScore);
    const spread = spreadOf(scores.map((score) => score?.value));
    const test = spread && { name: scores.find(Boolean)!.name, spread };
    return { id, name: runs[0]!.name, runs, test };
  });
}

/** The tasks of an experiment, one a seed; those of several seeds are experiments of one seed each and share `group`. */
export function seedTasks(task: TrainTask, group: string): TrainTask[] {
  const { experiment } = task;
  const { seed, training } = experiment;
  if (training.seeds === 1) return [task];
  return Array.from({ length: training.seeds }, (_, k) => ({
    ...task,
    group,
    experiment: { ...experiment, seed: seed + k, training: { ...training, seeds: 1 } },
  }));
}

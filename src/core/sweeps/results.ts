import { halfWidth, meanOverSeeds, pairedDifference, type Difference } from '../evaluation';
import { testScore } from '../runs/metrics';
import { isSettled, type CellRun, type StagedCell, type SweepState } from './stages';

/** What a cell has come to. */
export interface CellResult {
  readonly settings: Readonly<Record<string, unknown>>;
  /** The group of its runs. */
  readonly group: string;
  /** From 0, and the steps of its trainings there. */
  readonly stage: number;
  readonly steps: number;
  /** By seed, ascending: the newest run of each. */
  readonly runs: readonly CellRun[];
  /** Whether every seed has been trained to its end with a score. */
  readonly done: boolean;
  /** The mean test score over the seeds that are done, and the ends of its 95 % t-interval; NaN where there is none. */
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Its score less that of the best cell over the seeds that both have; none for the best, and for other stages. */
  readonly difference?: Difference | undefined;
}

/** What a sweep has come to. */
export interface SweepResults {
  /** The score's name; undefined before there is one. */
  readonly score?: string | undefined;
  /** In the order of the sweep. */
  readonly cells: readonly CellResult[];
  /** The cell with the highest mean among those that are done at the last stage reached; undefined before there is one. */
  readonly best?: CellResult | undefined;
}

const scoresOf = (runs: readonly CellRun[]): ReadonlyMap<number, number> =>
  new Map(
    runs.flatMap((run) => {
      const score = run.state === 'done' ? testScore(run)?.value : undefined;
      return score === undefined || !Number.isFinite(score) ? [] : [[run.seed, score] as const];
    }),
  );

/** The results of a sweep of so many seeds: means over seeds with their intervals, and how each cell differs from the best. */
export function sweepResults({ cells }: Pick<SweepState, 'cells'>, seeds: number): SweepResults {
  const measured = cells.map((staged) => resultOf(staged, seeds));
  const done = measured.filter((cell) => cell.done);
  const last = Math.max(...done.map(({ stage }) => stage));
  const best = done
    .filter(({ stage }) => stage === last)
    .reduce<CellResult | undefined>((top, cell) => (top && top.mean >= cell.mean ? top : cell), undefined);
  const scores = cells.flatMap(({ runs }) => runs.map(testScore));
  const score = scores.find(Boolean)?.name;
  if (!best) return { score, cells: measured };
  const reference = scoresOf(best.runs);
  const compared = measured.map((cell) =>
    cell === best || cell.stage !== best.stage
      ? cell
      : { ...cell, difference: pairedDifference(scoresOf(cell.runs), reference) },
  );
  return { score, cells: compared, best };
}

function resultOf({ cell, group, stage, runs }: StagedCell, seeds: number): CellResult {
  const scores = [...scoresOf(runs).values()];
  const summary = meanOverSeeds(scores);
  const half = halfWidth(summary);
  const { mean } = summary;
  const done = scores.length === seeds && runs.every(isSettled);
  const { steps } = cell.experiment.training;
  return { settings: cell.settings, group, stage, steps, runs, done, mean, low: mean - half, high: mean + half };
}

/** A cell's runs of so many seeds in a word: 3, 2 of 3, or how many diverged or failed. */
export function seedsText({ runs, done }: CellResult, seeds: number): string {
  const bad = runs.filter(({ state }) => state === 'diverged' || state === 'failed');
  if (bad.length) return `${bad.length} ${bad[0]!.state}`;
  return done ? String(seeds) : `${runs.filter(({ state }) => state === 'done').length} of ${seeds}`;
}

/** Whether a cell is worse than the best beyond doubt, and a word for where it is not; empty for the best. */
export function againstBest({ difference }: Pick<CellResult, 'difference'>): string {
  if (!difference) return '';
  if (difference.n < 2) return 'one seed in common: no interval';
  // seeds that all differ alike say nothing of how much others would
  if (difference.high - difference.low < 1e-9) return `the same difference in ${difference.n} seeds: more are needed`;
  return difference.high < 0 ? 'worse than the best' : 'not told apart from the best';
}

import { models, type ModelId } from '../models';
import { halfWidth, pairedDifference, meanOverSeeds, type Difference, type SeedMean } from './seedStatistics';

/** One trained model of a comparison. */
export interface ModelRun {
  readonly seed: number;
  /** The share of test rows labelled right, or R². */
  readonly score: number;
  readonly parameters: number;
  /** Spent training. */
  readonly seconds: number;
  /** Calls of the network that one answer takes, and the expected calibration error; once they are known. */
  readonly evaluations?: number | undefined;
  readonly calibration?: number | undefined;
}

/** One kind of model over its seeds. */
export interface ModelRow {
  readonly model: ModelId;
  readonly title: string;
  /** By seed, ascending. */
  readonly runs: readonly ModelRun[];
  readonly score: SeedMean;
  /** Half the 95% t-interval of the mean score; NaN for one seed. */
  readonly half: number;
  /** The score less that of backpropagation over the seeds that both have; none for backpropagation itself. */
  readonly difference?: Difference | undefined;
  readonly parameters: number;
  readonly seconds: number;
  readonly evaluations?: number | undefined;
  readonly calibration?: SeedMean | undefined;
}

/** The kind that the others are compared with. */
export const BASELINE: ModelId = 'backprop';

const known = (values: readonly (number | undefined)[]) => values.filter((value) => value !== undefined);

/** A row for each kind that has a run, in the order of the pickers. */
export function modelRows(all: ReadonlyMap<ModelId, readonly ModelRun[]>): ModelRow[] {
  const scores = (id: ModelId) => new Map((all.get(id) ?? []).map(({ seed, score }) => [seed, score]));
  const baseline = scores(BASELINE);
  return models.flatMap(({ id, title }) => {
    const runs = [...(all.get(id) ?? [])].sort((a, b) => a.seed - b.seed);
    if (!runs.length) return [];
    const score = meanOverSeeds(runs.map((run) => run.score));
    const calibrations = known(runs.map((run) => run.calibration));
    return [
      {
        model: id,
        title,
        runs,
        score,
        half: halfWidth(score),
        ...(id !== BASELINE && { difference: pairedDifference(scores(id), baseline) }),
        parameters: runs[0]!.parameters,
        seconds: meanOverSeeds(runs.map((run) => run.seconds)).mean,
        evaluations: known(runs.map((run) => run.evaluations))[0],
        ...(calibrations.length && { calibration: meanOverSeeds(calibrations) }),
      },
    ];
  });
}

/** Whether an interval leaves no doubt about the sign of a difference, in words. */
export function differenceVerdict({ n, low, high }: Difference): string {
  if (n < 2) return 'one seed in common: no interval';
  // seeds that all differ alike, by a whole row or two of few, say nothing of how much others would
  if (high - low < 1e-9) return `the same difference in ${n} seeds: more are needed for an interval`;
  if (low > 0) return 'better than backpropagation';
  if (high < 0) return 'worse than backpropagation';
  return 'not told apart from backpropagation';
}

import { passOn, type Handlers } from '../protocol/rpc';
import type { HostCalls } from '../protocol/hostCalls';
import type { Computations, ExperimentPlace } from './computations';

/** The calls of a page that the trainer answers. */
export type ComputationCalls = Pick<
  HostCalls,
  | 'evaluation'
  | 'trajectories'
  | 'boundary'
  | 'learned'
  | 'assessment'
  | 'stepCurve'
  | 'previewData'
  | 'dynamics'
  | 'compare'
  | 'comparedPaths'
  | 'comparisons'
  | 'comparison'
  | 'removeComparison'
  | 'conclude'
  | 'conclusion'
>;

/** What the page that asks shows. */
export interface ShownExperiment {
  /** What paths in the experiment are relative to. */
  readonly folder: () => string;
  /** The experiment's name; undefined where there is no valid one. */
  readonly name: () => string | undefined;
  /** The experiment with every edit made that the page asked for before. Rejects where its text is not valid. */
  readonly settled: () => Promise<ExperimentPlace>;
  /** Is aborted when the page goes: what only that page was to see is cancelled then. */
  readonly gone: () => AbortSignal;
}

/** Answers these calls by computations, for one page. */
export function computationHandlers(computations: Computations, shown: ShownExperiment): Handlers<ComputationCalls> {
  const comparisons = async () => {
    const name = shown.name();
    return name === undefined ? [] : computations.comparisons(name);
  };
  return {
    evaluation: ([run]) => computations.evaluation(run),
    trajectories: ([run]) => computations.trajectories(run),
    boundary: ([run]) => computations.boundary(run),
    learned: ([run]) => computations.learned(run),
    assessment: ([run], context) => computations.assessment(run, passOn(context)),
    stepCurve: ([run], context) => computations.stepCurve(run, passOn(context)),
    previewData: ([experiment], { signal }) =>
      computations.previewData(
        { experiment, folder: shown.folder() },
        { signal: AbortSignal.any([signal, shown.gone()]) },
      ),
    dynamics: ([experiment], { signal, progress }) =>
      computations.dynamics(
        { experiment, folder: shown.folder() },
        { signal: AbortSignal.any([signal, shown.gone()]), onProgress: progress },
      ),
    compare: async ([runs], context) => computations.compare(await shown.settled(), runs, passOn(context)),
    comparedPaths: ([of, choices]) => computations.comparedPaths(of, shown.folder(), choices),
    comparisons,
    comparison: ([id]) => computations.comparison(id),
    removeComparison: async ([id]) => {
      await computations.removeComparison(id);
      return comparisons();
    },
    conclude: async ([run], context) => computations.conclude((await shown.settled()).experiment, run, passOn(context)),
    conclusion: ([run]) => computations.conclusion(run),
  };
}

import type { RunConclusion } from '../conclusion/conclusion';
import type { DataPreview } from '../datasets/preview/preview';
import type { DynamicsPaths } from '../dynamics/paths';
import type { Experiment } from '../experiment/experiment';
import type { Assessment, StepCurve } from '../runs/assessment';
import type { Learned } from '../runs/evaluationResults';
import type { Metrics } from '../runs/metrics';
import type { RunSummary } from '../runs/runList';
import type { StoredComparison } from '../runs/storedComparison';

/** A run as a report shows it: all that a page asks of it, answered when the report was made. */
export interface ReportedRun extends Learned {
  readonly summary: RunSummary;
  /** The experiment that was trained, with every default spelled out. */
  readonly experiment: Experiment;
  readonly metrics: Metrics;
  readonly assessment?: Assessment | undefined;
  readonly stepCurve?: StepCurve | undefined;
  readonly conclusion?: RunConclusion | undefined;
  /** What could not be computed of it, and why, in sentences. */
  readonly notes: readonly string[];
}

/** All that a report holds: an experiment with chosen runs, and what was computed of them. */
export interface ReportContent {
  /** When it was made, ISO 8601, and by which version of NoProp Lab. */
  readonly made: string;
  readonly lab: string;
  /** The experiment's file name. */
  readonly file: string;
  readonly experiment: Experiment;
  readonly preview?: DataPreview | undefined;
  /** The dynamics as they were; they are computed again where they are changed and u is in closed form. */
  readonly dynamics?: DynamicsPaths | undefined;
  readonly runs: readonly ReportedRun[];
  /** The kept comparisons of the experiment and of these runs, newest first. */
  readonly comparisons: readonly StoredComparison[];
  /** What could not be computed, and why, in sentences. */
  readonly notes: readonly string[];
}

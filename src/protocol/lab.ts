import type { Change } from '../core/experiment/document';
import type { Experiment } from '../core/experiment/experiment';
import type { LocatedProblem } from '../core/registry/problem';
import type { EvaluationShare } from './evaluation';
import type { Assessment, StepCurve } from '../core/runs/assessment';
import type { ComparisonShare, PictureShare } from './pictures';
import type { RunConclusion } from '../core/conclusion/result';
import type { ComparisonSummary, StoredComparison } from '../core/runs/storedComparison';
import type { ComparedPaths, PathChoice } from '../core/compare/comparedPaths';
import type { DynamicsPaths } from '../core/dynamics/paths';
import type { QueueJob } from './queue';
import type { Progress } from './trainer';
import type { Boundary, Evaluation, Trajectories } from '../core/runs/results';
import type { RunChoice, RunRecord } from '../core/runs/record';
import type { Metrics } from '../core/runs/metrics';

/** All a page shows of its experiment, sent when the page says it is ready and after every change. */
export interface Snapshot {
  /** File name, or "Untitled". */
  readonly file: string;
  /** A document saved on disk, one with changes to save, or one never saved. */
  readonly status: 'saved' | 'unsaved' | 'untitled';
  /** The last valid experiment; undefined where the text was never valid. */
  readonly experiment?: Experiment | undefined;
  /** What is wrong with the text as it is now; an error means `experiment` is older than the text. */
  readonly problems: readonly LocatedProblem[];
}

/** A file that a page made: text, or bytes as base64. */
export interface FileContent {
  readonly name: string;
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
}

/** The runs of the experiment a page shows (those that bear its name), newest first. */
export interface Runs {
  readonly rows: readonly RunRecord[];
  /** The trainings of this window that run or wait, of whichever experiment. */
  readonly queue: readonly QueueJob[];
}

/** What a page may ask of the host. A run is named by its id; calls reject with a message for the user. */
export type HostCalls = {
  /** The page listens from now on; the answer is what it shows first. */
  ready(): Snapshot;
  /** Makes one undoable edit of the document. */
  edit(changes: readonly Change[]): void;
  /** Shows the document as text, at an offset where one is given. */
  showText(offset?: number): void;
  /** Opens the experiment in the lab (from the side panel). */
  openLab(): void;
  /** Saves the experiment, asking where if it has no file. */
  save(): void;
  /** Asks where to save a file the page made, and writes it. Answers whether it was written. */
  saveFile(file: FileContent): boolean;
  /** Asks for a file with one of these extensions and reads it as text, 5 MB at most; undefined where none was chosen. */
  openText(title: string, extensions: readonly string[]): string | undefined;
  /** Puts text on the clipboard. */
  copy(text: string): void;
  /** The runs of this experiment; later changes come as `runs`. */
  runs(): Runs;
  /**
   * Queues the experiment's training, one run a seed, or goes on with a run that stopped; answers with the records when
   * all have ended, those left out that were stopped before they began.
   */
  train(resume?: string): RunRecord[];
  /** Queues every kind of model on the experiment, one run a kind and seed; answers as `train` does. */
  trainModels(): RunRecord[];
  /** Stops a training by its job's or run's id, or all. */
  stop(id?: string): void;
  /** Asks where to write a run's weights, and writes them. Answers whether it did. */
  exportWeights(run: RunChoice): boolean;
  /** Asks for a file of weights and makes a run of it; undefined where none was chosen. */
  importWeights(): RunRecord | undefined;
  /** Every row of a run's metrics so far. */
  metrics(run: string): Metrics;
  /** Confusion and accuracy on the test rows. */
  evaluation(run: RunChoice): Evaluation;
  /** How far a run's probabilities hold on its test rows. Shares come as `evaluating`. */
  assessment(run: RunChoice): Assessment;
  /** Accuracy on a run's test rows by step count. Shares come as `evaluating`. */
  stepCurve(run: RunChoice): StepCurve;
  /** Stops every `assessment` and `stepCurve` that runs; they then reject. */
  cancelEvaluation(): void;
  /** Trajectories of test rows (at most 60) under the run's dynamics. */
  trajectories(run: RunChoice): Trajectories;
  /** The decision boundary at every step; only for runs with two features. */
  boundary(run: RunChoice): Boundary;
  /** The dynamics of an experiment as the page shows it, drafts included; shares come as `picturing`. */
  dynamics(experiment: Experiment): DynamicsPaths;
  /** Stops the computation of the dynamics that runs; its `dynamics` then rejects. */
  cancelDynamics(): void;
  /** Compares integrators on u in closed form, or on a run. Shares come as `comparing`. */
  compare(run?: RunChoice, also?: readonly string[]): StoredComparison;
  /** Stops the comparison that runs; its `compare` then rejects. */
  cancelCompare(): void;
  /** The paths of some rows of a comparison, which may be a kept one. */
  comparedPaths(of: Pick<StoredComparison, 'experiment' | 'run'>, choices: readonly PathChoice[]): ComparedPaths;
  /** The comparisons kept of this experiment and its runs, newest first. */
  comparisons(): readonly ComparisonSummary[];
  comparison(id: string): StoredComparison;
  /** Deletes a kept comparison; answers those that are left. */
  removeComparison(id: string): readonly ComparisonSummary[];
  /** Tests the note's conclusion on a run, beside the experiment's other schedules. Shares come as `concluding`. */
  conclude(run: string): RunConclusion;
  /** What was tested last on a run, and kept with it. */
  conclusion(run: string): RunConclusion | undefined;
  /** Stops the test that runs; its `conclude` then rejects. */
  cancelConclude(): void;
};

/** What the host may ask of a page. */
export type PageCalls = {
  show(snapshot: Snapshot): void;
  runs(runs: Runs): void;
  /** New metrics of a run in training, at most 20 times a second. */
  progress(progress: Progress): void;
  comparing(share: ComparisonShare): void;
  concluding(share: ComparisonShare): void;
  picturing(share: PictureShare): void;
  evaluating(share: EvaluationShare): void;
  /**
   * Shows a tab by its id, scrolled to a part of it where one is named, and starts what it is for where `start` is set
   * (from the command palette).
   */
  open(tab: string, start: boolean, part?: string): void;
};

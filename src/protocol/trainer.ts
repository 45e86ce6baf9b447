import type { DynamicsEntry } from '../core/dynamics/entry';
import type { Experiment } from '../core/experiment/experiment';
import type { EvaluationShare } from './evaluation';
import type { Assessment, StepCurve } from '../core/runs/assessment';
import type { Metrics } from '../core/runs/metrics';
import type { RunChoice, RunRecord, TrainTask } from '../core/runs/record';
import type { Boundary, Evaluation, Labels, Trajectories } from '../core/runs/results';
import type { QueueJob } from './queue';
import type { ComparisonShare, ConclusionChoice, PictureShare } from './pictures';
import type { RunConclusion } from '../core/conclusion/result';
import type { ComparisonSummary, StoredComparison } from '../core/runs/storedComparison';
import type { ComparedPaths, PathChoice } from '../core/compare/comparedPaths';
import type { DynamicsPaths } from '../core/dynamics/paths';

/** What a run's progress says, at most 20 times a second. */
export interface Progress {
  readonly id: string;
  readonly step: number;
  readonly steps: number;
  readonly stepsPerSecond: number;
  readonly metrics: Metrics;
  /** The weights of the schedule now, where it is trained with the model. */
  readonly schedule?: readonly number[] | undefined;
}

/** The rows of a part, at most `limit`, spread evenly. */
export interface RowChoice {
  readonly part: 'train' | 'test';
  readonly limit: number;
}

/** A way to integrate; what is left out is as in the run's experiment. */
export interface Method {
  readonly dynamics?: DynamicsEntry | undefined;
  readonly integrator?: string | undefined;
  readonly steps?: number | undefined;
}

/** What is to be compared. */
export interface CompareTask {
  readonly experiment: Experiment;
  /** What a data file's path is relative to. */
  readonly folder: string;
  /** The folder of a run, to compare on in place of u in closed form. */
  readonly run?: RunChoice | undefined;
  /** More runs of the same experiment, whose results are pooled with it. */
  readonly also?: readonly RunChoice[] | undefined;
  /** The folder of all runs, where the comparison is to be kept. */
  readonly runs?: string | undefined;
}

/** What the host may ask of the trainer; a run is named by its folder. */
export type TrainerCalls = {
  /**
   * Queues a training, which runs as soon as a thread is free; answers with the run's record however it ended, or
   * rejects as `leftQueue` tells. `queue` and `progress` calls come meanwhile.
   */
  train(task: TrainTask): RunRecord;
  /** Stops a training by its job's or run's id, or all; answers when they have ended. */
  stop(id?: string): void;
  evaluate(run: RunChoice, rows: RowChoice, method?: Method): Evaluation;
  /** How far a run's probabilities hold on its test rows; kept in the run's folder. `evaluating` calls come meanwhile. */
  assess(run: RunChoice): Assessment;
  /** Accuracy on a run's test rows with each of these step counts. `evaluating` calls come meanwhile. */
  stepCurve(run: RunChoice, steps: readonly number[]): StepCurve;
  /** Stops every `assess` and `stepCurve` that runs; they then reject. */
  cancelEvaluation(): void;
  /** Labels rows, n x d in the features' own units. */
  predict(run: RunChoice, rows: Float64Array): Labels;
  /** Labels the rows of a CSV file, and writes them to another; how well, where the file has the label column. */
  predictFile(
    run: RunChoice,
    data: string,
    out: string,
  ): { rows: number; accuracy?: number | undefined; rmse?: number | undefined };
  trajectories(run: RunChoice, rows: RowChoice, method?: Method): Trajectories;
  /** The decision boundary of a run with two features, at every step. */
  boundary(run: RunChoice, size: number, method?: Method): Boundary;
  /** The runs kept in a folder, newest first. */
  runs(folder: string): RunRecord[];
  metrics(run: string): Metrics;
  remove(run: string): void;
  /** Writes a run's weights to a file of safetensors. */
  exportWeights(run: RunChoice, out: string): void;
  /** Makes a run of the weights in a file; rejects where they are not those of the task's model. */
  importWeights(task: TrainTask, file: string): RunRecord;
  /** The dynamics of an experiment whose data file's path is relative to `folder`; stops the one that runs. */
  dynamics(experiment: Experiment, folder: string): DynamicsPaths;
  /** Stops the computation of the dynamics that runs, if one does; its `dynamics` then rejects. */
  cancelDynamics(): void;
  /** Compares the experiment's integrators on its u in closed form, or on a run's test rows. */
  compare(task: CompareTask): StoredComparison;
  /** Stops the comparison that runs, if one does; its `compare` then rejects. */
  cancelCompare(): void;
  /** The paths of some rows of a comparison, at most twelve. */
  comparedPaths(task: CompareTask, choices: readonly PathChoice[]): ComparedPaths;
  /** The comparisons kept among runs that are of an experiment's name, newest first. */
  comparisons(runs: string, name: string): ComparisonSummary[];
  /** Reads a kept comparison from its file. */
  comparison(file: string): StoredComparison;
  removeComparison(file: string): void;
  /** Tests the note's conclusion on a run's test rows, and keeps it in the run's folder; stops the test that runs. */
  conclude(run: string, choice?: ConclusionChoice): RunConclusion;
  /** What was tested last on a run; undefined where nothing was. */
  conclusion(run: string): RunConclusion | undefined;
  /** Stops the test that runs, if one does; its `conclude` then rejects. */
  cancelConclude(): void;
};

/** What the trainer may ask of the host. */
export type TrainerEvents = {
  started(record: RunRecord): void;
  /** All trainings that run or wait, whenever one comes, starts or goes. */
  queue(jobs: readonly QueueJob[]): void;
  progress(progress: Progress): void;
  comparing(share: ComparisonShare): void;
  concluding(share: ComparisonShare): void;
  picturing(share: PictureShare): void;
  evaluating(share: EvaluationShare): void;
};

import type { DynamicsEntry } from '../core/dynamics';
import type { Column } from '../core/datasets/columns';
import type { Experiment } from '../core/experiment';
import type { Assessment, EvaluationShare, StepCurve } from './evaluation';
import type { ModelId } from '../core/models';
import type { Metrics, Scores } from './metrics';
import type { QueueJob } from './queue';
import type {
  ComparedPaths,
  ComparisonShare,
  ComparisonSummary,
  ConclusionChoice,
  ConclusionPicture,
  DynamicsPicture,
  PathChoice,
  PictureShare,
  StoredComparison,
} from './pictures';

export type { Metrics, Scores } from './metrics';

/** "interrupted": left running by a process that is gone. "diverged": stopped at a loss that is not finite. */
export type RunState = 'running' | 'done' | 'stopped' | 'diverged' | 'failed' | 'interrupted';

/** What of an experiment a comparison on a run takes from the run: what its network was trained with. */
export const RUN_KEYS = ['schedules', 'window', 'model', 'start', 'seed'] as const;

/** A run's record, run.json: all that tools need beside the experiment, the metrics and the weights. */
export interface RunRecord extends Scores {
  readonly version: 1;
  /** The folder's name. */
  readonly id: string;
  readonly name: string;
  /** The kind of model. */
  readonly model: ModelId;
  readonly state: RunState;
  /** Why a run stopped early, for the user. */
  readonly message?: string | undefined;
  readonly step: number;
  readonly steps: number;
  readonly seed: number;
  /** What the runs of one experiment of several seeds share. */
  readonly group?: string | undefined;
  /** The steps whose weights are kept beside those of the end, ascending. */
  readonly checkpoints?: readonly number[] | undefined;
  /** The step whose weights answer, where early stopping chose them. */
  readonly bestStep?: number | undefined;
  /** The last loss; absent before the first row of metrics. */
  readonly loss?: number | undefined;
  readonly stepsPerSecond?: number | undefined;
  /** ISO 8601. */
  readonly started: string;
  readonly updated: string;
  /** Time spent training, resumed parts added up. */
  readonly seconds: number;
  readonly process: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly backend: string;
  /** simd, simd-relaxed or plain; all that took part, where it was resumed under another. */
  readonly kernels: string;
  /** The most bytes that the thread held: tfjs' heap, V8's, and arrays outside both. */
  readonly memory?: number | undefined;
  readonly parameters: number;
  /** The schedule, where it is trained with the model. */
  readonly learned?: LearnedRecord | undefined;
  /** How the data were read, so that new rows can be labelled without them. */
  readonly data: DataRecord;
}

export interface DataRecord {
  readonly trainRows: number;
  readonly testRows: number;
  /** Rows that are neither, which early stopping went by. */
  readonly validationRows?: number | undefined;
  readonly classes: readonly string[];
  readonly features: readonly string[];
  /** What is predicted in place of classes: names, and the scaling of each. */
  readonly targets?:
    | { readonly names: readonly string[]; readonly mean: ArrayLike<number>; readonly scale: ArrayLike<number> }
    | undefined;
  /** The columns of a file that the features were made of, where one column is not one feature. */
  readonly columns?: readonly Column[] | undefined;
  /** A feature enters as (value - mean) / scale, each of length d. */
  readonly mean: ArrayLike<number>;
  readonly scale: ArrayLike<number>;
  /** The range of each feature over the train rows. */
  readonly min: ArrayLike<number>;
  readonly max: ArrayLike<number>;
  /** The folder that a data file's path is relative to. */
  readonly folder: string;
}

/** A schedule that is trained with its model: its ends, and the weights of its network. */
export interface LearnedRecord {
  readonly gammaMin: number;
  readonly gammaMax: number;
  /** Before the first step, and as they are now. */
  readonly initial: readonly number[];
  readonly weights: readonly number[];
}

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

/** A run, or its weights at one of its checkpoints. */
export type RunChoice = string | { readonly run: string; readonly checkpoint: number };

/** Which run is meant, and at which step where not at its end. */
export const chosenRun = (choice: RunChoice): { readonly run: string; readonly checkpoint?: number } =>
  typeof choice === 'string' ? { run: choice } : choice;

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

export interface Labels {
  /** n indices into the run's classes; zeros where numbers are predicted. */
  readonly labels: Int32Array;
  /** n x k in the targets' own units, where numbers are predicted. */
  readonly values?: Float64Array | undefined;
  /** n x m: the state at the end, z_1. */
  readonly outputs: Float32Array;
  readonly classes: readonly string[];
}

/** How well one target is predicted. */
export interface TargetEvaluation {
  readonly name: string;
  /** In the target's own unit. */
  readonly rmse: number;
  readonly r2: number;
  /** Of each row, in the target's own unit. */
  readonly truth: Float64Array;
  readonly predicted: Float64Array;
}

export interface Evaluation {
  readonly rows: number;
  /** Where numbers are predicted, in place of accuracy and confusion. */
  readonly targets?: readonly TargetEvaluation[] | undefined;
  /** The feature of each row in its own unit, where numbers are predicted from one alone. */
  readonly feature?: Float64Array | undefined;
  readonly accuracy?: number | undefined;
  /** m x m, row-major: true class by label given. */
  readonly confusion: Int32Array;
  readonly classes: readonly string[];
  readonly milliseconds: number;
  /** Nothing where the model answers in one pass. */
  readonly effort?: Effort | undefined;
}

/** What carrying rows from noise to data took; where they go in several lots, the most of any. */
export interface Effort {
  /** Calls of u for each row. */
  readonly evaluations: number;
  /** Steps taken; of a method that chooses its own, those it kept. */
  readonly accepted: number;
  readonly rejected: number;
}

/** The effort in words. */
export const effortText = ({ evaluations, accepted, rejected }: Effort): string =>
  `${accepted} steps${rejected ? `, ${rejected} more rejected` : ''}; ${evaluations} evaluations of u a path`;

export interface Trajectories {
  /** k + 1 times. */
  readonly times: Float64Array;
  /** rows x (k + 1) x m, row-major; in the targets' own units where numbers are predicted. */
  readonly states: Float32Array;
  readonly rows: number;
  readonly dimension: number;
  /** classes x m, row-major: where the states of each class should end. */
  readonly embeddings: Float32Array;
  /** rows x m in their own units, and their names, where numbers are predicted. */
  readonly targets?: Float32Array | undefined;
  readonly targetNames?: readonly string[] | undefined;
  /** True and given class of each row. */
  readonly truth: Int32Array;
  readonly labels: Int32Array;
  readonly classes: readonly string[];
}

export interface Boundary {
  /** Ranges of the two features, in their own units: [min, max]. */
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  /** Points a side; row-major, y outside. */
  readonly size: number;
  /** The times of the pictures, k + 1. */
  readonly times: Float64Array;
  /** (k + 1) x size x size: the class nearest the state at each time, before the end a guess in the making. */
  readonly labels: Uint8Array;
  readonly classes: readonly string[];
  readonly features: readonly string[];
}

/** A task for the trainer: an experiment (paths in it are relative to `folder`) and where runs are kept. */
export interface TrainTask {
  readonly experiment: Experiment;
  readonly folder: string;
  readonly runs: string;
  /** The run to go on with, in place of a new one. */
  readonly resume?: string | undefined;
  /** Its id in the queue; made up where it is left out. */
  readonly job?: string | undefined;
  /** What it shares with the other seeds of its experiment. */
  readonly group?: string | undefined;
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
  dynamics(experiment: Experiment, folder: string): DynamicsPicture;
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
  conclude(run: string, choice?: ConclusionChoice): ConclusionPicture;
  /** What was tested last on a run; undefined where nothing was. */
  conclusion(run: string): ConclusionPicture | undefined;
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

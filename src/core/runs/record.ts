import type { Column } from '../datasets/columns';
import type { FileRule } from '../files/filePlaces';
import type { Experiment } from '../experiment/experiment';
import type { ModelId } from '../models';
import type { Scores } from './metrics';

/** "interrupted": left running by a process that is gone. "diverged": stopped at a loss that is not finite. */
export type RunState = 'running' | 'done' | 'stopped' | 'diverged' | 'failed' | 'interrupted';

/** The keys of an experiment that a comparison on a run takes from the run: its network was trained with them. */
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
  /** The machine of the process. Older records lack it. Where it is there, a run that trains has a lock. */
  readonly host?: string | undefined;
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

/** A run, or its weights at one of its checkpoints. */
export type RunChoice = string | { readonly run: string; readonly checkpoint: number };

/** Which run is meant, and at which step where not at its end. */
export const chosenRun = (choice: RunChoice): { readonly run: string; readonly checkpoint?: number } =>
  typeof choice === 'string' ? { run: choice } : choice;

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
  /** Which files may be read; any where it is left out. */
  readonly files?: FileRule | undefined;
}

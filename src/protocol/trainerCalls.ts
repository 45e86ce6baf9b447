import type { ComparedPaths, PathChoice } from '../core/compare/comparedPaths';
import type { RunConclusion } from '../core/conclusion/conclusion';
import type { DataPreview } from '../core/datasets/preview/preview';
import type { DynamicsPaths } from '../core/dynamics/paths';
import type { FileRule } from '../core/files/filePlaces';
import type { Experiment } from '../core/experiment/experiment';
import type { ImportChoice, Imported } from '../core/imports';
import type { FileRoles } from '../core/imports/roles';
import type { Assessment, StepCurve } from '../core/runs/assessment';
import type { Metrics } from '../core/runs/metrics';
import type { NotesChange, RunNotes } from '../core/runs/notes';
import type { TrashedRun } from '../core/runs/trashedRun';
import type { RunChoice, RunRecord, TrainTask } from '../core/runs/record';
import type { Boundary, Evaluation, Labels, LearnedAt, Trajectories } from '../core/runs/evaluationResults';
import type { RunList } from '../core/runs/runList';
import type { ComparisonSummary, StoredComparison } from '../core/runs/storedComparison';
import type { Method } from '../core/sampling';
import type { ScheduleEntry } from '../core/schedules/entrySchema';
import type { TaskProgress, TrainingProgress } from './progress';
import type { QueueJob } from './queue';
import type { Call } from './rpc';

/** The rows of a part, at most `limit`, spread evenly. */
export interface RowChoice {
  readonly part: 'train' | 'test';
  readonly limit: number;
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

/** What a report is made of. */
export interface ReportTask {
  readonly experiment: Experiment;
  /** What a data file's path is relative to. */
  readonly folder: string;
  /** The experiment's file name. */
  readonly file: string;
  /** The folders of the runs that are in it. */
  readonly runs: readonly string[];
  /** The files of kept comparisons that are in it. */
  readonly comparisons: readonly string[];
}

/** A report that was written: its size, and what it lacks, in sentences. */
export interface WrittenReport {
  readonly bytes: number;
  readonly notes: readonly string[];
}

/** What the note's conclusion is tested with. */
export interface ConclusionChoice {
  /** The schedules to choose two from, beside the run's own; its experiment's others where absent. */
  readonly schedules?: readonly ScheduleEntry[] | undefined;
  readonly steps?: readonly number[] | undefined;
}

/** How the rows of a file are predicted. */
export interface PredictionChoice {
  /** Whether the label alone is written, from one start as the run's accuracy is measured, without probabilities. */
  readonly labelsOnly?: boolean | undefined;
}

/** How many rows of a file were predicted, and how well where the file has the label column. */
export interface PredictedFile {
  readonly rows: number;
  /** What the column of predictions is called. */
  readonly column: string;
  /** Where the probabilities of classes come from, where they were written. */
  readonly probabilities?: { readonly rule: 'read-out' | 'votes'; readonly starts: number } | undefined;
  readonly accuracy?: number | undefined;
  readonly rmse?: number | undefined;
}

/** How a run is exported. */
export interface ExportChoice {
  /** The id of the format. */
  readonly format: string;
  /** The file that is written; others may come beside it. */
  readonly out: string;
  /** Whether files beside it may be replaced. */
  readonly replace?: boolean | undefined;
}

/** What an export wrote. */
export interface Written {
  /** The chosen file and those beside it; none where some were in the way. */
  readonly files: readonly string[];
  /** Files beside the chosen one that are there already, where they may not be replaced. */
  readonly inTheWay: readonly string[];
  /** What the format does not hold, in words. */
  readonly lost: readonly string[];
}

/** What the host may ask of the trainer. A run is named by its folder. */
export interface TrainerCalls {
  /** Says which data files may be read from now on. A trainer that was not told reads none. */
  allowFiles: Call<[files: FileRule]>;
  /** Says by which interpreter models in Python are run from now on; by that of the system where it is left out. */
  usePython: Call<[interpreter?: string | undefined]>;
  /**
   * Queues a training, which runs as soon as a thread is free. Answers with the run's record however it ended, or
   * rejects with code "left-queue". `queue` and `trained` calls come meanwhile.
   */
  train: Call<[task: TrainTask], RunRecord>;
  /** Queues the rest of a run that was stopped or interrupted, as the job of this id. Answers as `train` does. */
  resume: Call<[run: string, job?: string | undefined], RunRecord>;
  /** Stops a training by its job's or run's id, or all. Answers when they have ended. */
  stop: Call<[id?: string | undefined]>;
  /** Ends all trainings because the process ends. Each keeps what it has, and is interrupted for this reason. */
  close: Call<[why: string]>;
  /** Writes into a run's record that the thread that trained it is gone, and why. Answers the record. */
  interrupt: Call<[run: string, why: string], RunRecord>;
  evaluate: Call<[run: RunChoice, rows: RowChoice, method?: Method | undefined], Evaluation>;
  /** How far a run's probabilities hold on its test rows. It is kept in the run's folder. */
  assess: Call<[run: RunChoice], Assessment, TaskProgress>;
  /** Accuracy on a run's test rows with each of these step counts. */
  stepCurve: Call<[run: RunChoice, steps: readonly number[]], StepCurve, TaskProgress>;
  /** Labels rows, n x d in the features' own units. */
  predict: Call<[run: RunChoice, rows: Float64Array], Labels>;
  /** Labels the rows of a CSV file, and writes them to another. */
  predictFile: Call<[run: RunChoice, data: string, out: string, choice?: PredictionChoice | undefined], PredictedFile>;
  trajectories: Call<[run: RunChoice, rows: RowChoice, method?: Method | undefined], Trajectories>;
  /** The decision boundary of a run with two features, at every step. */
  boundary: Call<[run: RunChoice, size: number, method?: Method | undefined], Boundary>;
  /**
   * What a run that trains here has learned after its next step, as `evaluate`, `trajectories` and `boundary` have it. It
   * is computed beside the training, of so many rows and points as there is time for, and no oftener than that leaves the
   * training its time. Undefined where the run does not train.
   */
  learned: Call<[run: string], LearnedAt | undefined>;
  /** The runs kept in a folder, newest first, or what has changed among them since the list of a revision. */
  runs: Call<[folder: string, since?: string | undefined], RunList>;
  metrics: Call<[run: string], Metrics>;
  /** Moves a run to the trash beside the runs. Answers what it is called there. Rejects where it is being trained. */
  remove: Call<[run: string], string>;
  /** Brings a run back from the trash of a folder of runs. Answers its id. */
  restore: Call<[runs: string, entry: string], string>;
  /** The deleted runs of a folder that can be brought back. */
  trash: Call<[runs: string], readonly TrashedRun[]>;
  /** Changes what a person says of a run. Answers all that is said of it. */
  note: Call<[run: string, change: NotesChange], RunNotes>;
  /** Rejects where a run cannot be deleted, for it is being trained. */
  checkRemovable: Call<[run: string]>;
  /** Makes what is damaged of a run again of its other files. Rejects, and changes nothing, where they do not suffice. */
  mend: Call<[run: string], RunRecord>;
  /** Writes a run's weights to a file of safetensors. */
  exportWeights: Call<[run: RunChoice, out: string]>;
  /** Writes a run in an export format, to a file and what stands beside it. */
  exportRun: Call<[run: RunChoice, choice: ExportChoice], Written>;
  /** Makes a run of the weights in a file. Rejects where they are not those of the task's model. */
  importWeights: Call<[task: TrainTask, file: string], RunRecord>;
  /** The data of an experiment before anything is trained; its data files' paths are relative to `folder`. */
  previewData: Call<[experiment: Experiment, folder: string], DataPreview>;
  /** Reads a file of another program as an experiment. Rejects where it describes none, or must not be read. */
  importFile: Call<[file: string, choice: ImportChoice], Imported>;
  /** What a file can be by its content: data, a schedule, or both. Rejects where it cannot be read. */
  fileRoles: Call<[file: string], FileRoles>;
  /** The dynamics of an experiment whose data file's path is relative to `folder`. */
  dynamics: Call<[experiment: Experiment, folder: string], DynamicsPaths, TaskProgress>;
  /**
   * Compares the experiment's integrators on its u in closed form, or on a run's test rows. Where it is cancelled, it
   * answers with the rows that are done, or rejects where there are none.
   */
  compare: Call<[task: CompareTask], StoredComparison, TaskProgress>;
  /** The paths of some rows of a comparison, at most twelve. */
  comparedPaths: Call<[task: CompareTask, choices: readonly PathChoice[]], ComparedPaths>;
  /** The comparisons kept among runs that are of an experiment's name, newest first. */
  comparisons: Call<[runs: string, name: string], ComparisonSummary[]>;
  /** Reads a kept comparison from its file. */
  comparison: Call<[file: string], StoredComparison>;
  removeComparison: Call<[file: string]>;
  /** Tests the note's conclusion on a run's test rows, and keeps it in the run's folder. */
  conclude: Call<[run: string, choice?: ConclusionChoice | undefined], RunConclusion, TaskProgress>;
  /** Writes an experiment and runs of it to one HTML file that needs nothing else. */
  report: Call<[task: ReportTask, out: string], WrittenReport, TaskProgress>;
  /** What was tested last on a run. Undefined where nothing was. */
  conclusion: Call<[run: string], RunConclusion | undefined>;
}

/** What the trainer may ask of the host. */
export interface TrainerEvents {
  started: Call<[record: RunRecord]>;
  /** All trainings that run or wait, whenever one comes, starts or goes. */
  queue: Call<[jobs: readonly QueueJob[]]>;
  trained: Call<[progress: TrainingProgress]>;
  /** A line that the reader's model in Python printed. */
  printed: Call<[line: string]>;
}

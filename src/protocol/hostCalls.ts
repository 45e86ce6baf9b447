import type { ComparedPaths, PathChoice } from '../core/compare/comparedPaths';
import type { RunConclusion } from '../core/conclusion/conclusion';
import type { DataPreview } from '../core/datasets/preview/preview';
import type { DynamicsPaths } from '../core/dynamics/paths';
import type { Change } from '../core/experiment/changes';
import type { Experiment } from '../core/experiment/experiment';
import type { FileRefusal } from '../core/files/filePlaces';
import type { LocatedProblem } from '../core/registry/problem';
import type { Assessment, StepCurve } from '../core/runs/assessment';
import type { Metrics } from '../core/runs/metrics';
import type { RunChoice, RunRecord } from '../core/runs/record';
import type { RunList } from '../core/runs/runList';
import type { Boundary, Evaluation, LearnedAt, Trajectories } from '../core/runs/evaluationResults';
import type { ComparisonSummary, StoredComparison } from '../core/runs/storedComparison';
import type { TaskProgress } from './progress';
import type { QueueJob } from './queue';
import type { Call } from './rpc';

/** A data file of the experiment that is not read, and why. */
export interface UnreadFile {
  /** An absolute path. */
  readonly file: string;
  readonly why: FileRefusal;
}

/** What may be read of an experiment's data files. */
export interface FilesState {
  readonly unread: readonly UnreadFile[];
  /** Counts how often it changed what may be read, or a file did on disk: what was asked can then be asked again. */
  readonly readable: number;
}

/** All a page shows of its experiment, sent when the page says it is ready and after every change. */
export interface Snapshot extends DocumentSnapshot {
  readonly files: FilesState;
}

/** An experiment's document as it is now. */
export interface DocumentSnapshot {
  /** File name, or "Untitled". */
  readonly file: string;
  /** A document saved on disk, one with changes to save, one never saved, or a run's experiment, which stays as it was. */
  readonly status: 'saved' | 'unsaved' | 'untitled' | 'read-only';
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

/** A file that was dropped on a page: by its address in VS Code, or by its name and bytes where it came from outside. */
export type DroppedFile = { readonly uri: string } | FileContent;

/**
 * The runs of the experiment a page shows (those that bear its name), newest first, or what has changed among them since
 * the page was told last.
 */
export interface RunsSnapshot extends Omit<RunList, 'revision'> {
  /** The trainings of this window that run or wait, of whichever experiment. */
  readonly queue: readonly QueueJob[];
}

/** What a comparison is made on: u in closed form, or a run and those that are pooled with it, by their ids. */
export interface ComparedRuns {
  readonly run?: RunChoice | undefined;
  readonly also?: readonly string[] | undefined;
}

/** What a page may ask of the host. A run is named by its id. Calls reject with a message for the user. */
export interface HostCalls {
  /** The page listens from now on. The answer is what it shows first. */
  ready: Call<[], Snapshot>;
  /** Makes one undoable edit of the document. */
  edit: Call<[changes: readonly Change[]]>;
  /** Keeps how the page shows its experiment, for when it is made anew. */
  keepView: Call<[state: unknown]>;
  /** Shows the document as text, at an offset where one is given. */
  showText: Call<[offset?: number | undefined]>;
  /** Opens the experiment in the lab (from the side panel). */
  openLab: Call;
  /** Opens a new experiment with the text of this one, for that one cannot be changed. */
  copyExperiment: Call;
  /** Saves the experiment, asking where if it has no file. */
  save: Call;
  /** Asks where to save a file the page made, and writes it. Answers whether it was written. */
  saveFile: Call<[file: FileContent], boolean>;
  /** Asks for a file with one of these extensions and reads it as text, 5 MB at most. Undefined where none was chosen. */
  openText: Call<[title: string, extensions: readonly string[]], string | undefined>;
  /** Shows VS Code's editor of the trust in this workspace. */
  manageTrust: Call;
  /** Asks the person whether a data file of the experiment that is not read may be. */
  allowFile: Call<[file: string]>;
  /**
   * Asks for a data file with one of these extensions, which may then be read. Answers its path as the experiment names
   * it, undefined where none was chosen.
   */
  chooseFile: Call<[title: string, extensions: readonly string[]], string | undefined>;
  /**
   * Takes a file that was dropped on the page: one from outside is saved where the person says. Data may then be read,
   * and the answer is as that of `chooseFile`. A scheduler file is imported; then the answer is undefined.
   */
  takeFile: Call<[file: DroppedFile], string | undefined>;
  /** The person has closed the report of an import: it is not shown again. */
  closeReport: Call;
  /** Imports the file of the report again, with its numbers taken for another kind of list, in place of what it made. */
  importAs: Call<[kind: string]>;
  /** Asks for a scheduler file and imports it. */
  importScheduler: Call;
  /** Puts text on the clipboard. */
  copy: Call<[text: string]>;
  /** The runs of this experiment. Later changes come as `runs`. */
  runs: Call<[], RunsSnapshot>;
  /**
   * Queues the experiment's training, one run a seed, or goes on with a run that stopped. Answers with the records when
   * all have ended, without those that were stopped before they began.
   */
  train: Call<[resume?: string | undefined], RunRecord[]>;
  /** Queues every kind of model on the experiment, one run a kind and seed. Answers as `train` does. */
  trainModels: Call<[], RunRecord[]>;
  /**
   * Trains what the experiment's sweep still needs, stage by stage, until it is done or stopped. Answers the records of
   * what was trained.
   */
  sweep: Call<[], RunRecord[]>;
  /** Stops the trainings of the experiment's sweep, and takes those that wait out of the queue. */
  stopSweep: Call;
  /** Opens a new, unsaved experiment in the lab: this one with settings by their paths, and without its sweep. */
  duplicate: Call<[settings: Readonly<Record<string, unknown>>]>;
  /** Stops a training by its job's or run's id, or all. */
  stop: Call<[id?: string | undefined]>;
  /** Asks where to write a run's weights, and writes them. Answers whether it did. */
  exportWeights: Call<[run: RunChoice], boolean>;
  /** Asks for a format and where to write a run in it, and writes it. Answers whether it did. */
  exportRun: Call<[run: RunChoice], boolean>;
  /** Asks for a table and where to write it with a run's predictions, which opens beside. Answers whether it was written. */
  predictFile: Call<[run: RunChoice], boolean>;
  /** Asks for a file of weights and makes a run of it. Undefined where none was chosen. */
  importWeights: Call<[], RunRecord | undefined>;
  /** Makes what is damaged of a run again of its other files. Rejects where they do not suffice. */
  mend: Call<[run: string]>;
  /** Asks whether to delete a run, and deletes it. Answers whether it did. */
  removeRun: Call<[run: string], boolean>;
  /** Opens the files of a run, as far as they can be read. */
  showRun: Call<[run: string]>;
  /** Every row of a run's metrics so far. */
  metrics: Call<[run: string], Metrics>;
  /** Confusion and accuracy on the test rows. */
  evaluation: Call<[run: RunChoice], Evaluation>;
  /** How far a run's probabilities hold on its test rows. */
  assessment: Call<[run: RunChoice], Assessment, TaskProgress>;
  /** Accuracy on a run's test rows by step count. */
  stepCurve: Call<[run: RunChoice], StepCurve, TaskProgress>;
  /** Trajectories of test rows (at most 60) under the run's dynamics. */
  trajectories: Call<[run: RunChoice], Trajectories>;
  /** The decision boundary at every step. Only for runs with two features. */
  boundary: Call<[run: RunChoice], Boundary>;
  /**
   * The data of an experiment as the page shows it, before anything is trained: what is wrong with them is part of the
   * answer. Rejects where a file of theirs may not be read.
   */
  previewData: Call<[experiment: Experiment], DataPreview>;
  /** What a run in training has learned after its next step. Undefined where it does not train in this window. */
  learned: Call<[run: string], LearnedAt | undefined>;
  /** The dynamics of an experiment as the page shows it, with what is being edited. Is cancelled where the page goes. */
  dynamics: Call<[experiment: Experiment], DynamicsPaths, TaskProgress>;
  /** Compares integrators. A comparison that is cancelled answers with what it has. */
  compare: Call<[runs: ComparedRuns], StoredComparison, TaskProgress>;
  /** The paths of some rows of a comparison, which may be a kept one. */
  comparedPaths: Call<
    [of: Pick<StoredComparison, 'experiment' | 'run'>, choices: readonly PathChoice[]],
    ComparedPaths
  >;
  /** The comparisons kept of this experiment and its runs, newest first. */
  comparisons: Call<[], readonly ComparisonSummary[]>;
  comparison: Call<[id: string], StoredComparison>;
  /** Deletes a kept comparison. Answers those that are left. */
  removeComparison: Call<[id: string], readonly ComparisonSummary[]>;
  /** Tests the note's conclusion on a run, beside the experiment's other schedules. */
  conclude: Call<[run: string], RunConclusion, TaskProgress>;
  /** What was tested last on a run, and kept with it. */
  conclusion: Call<[run: string], RunConclusion | undefined>;
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { PathChoice } from '../core/compare/comparedPaths';
import type { Experiment } from '../core/experiment/experiment';
import type { ImportChoice } from '../core/imports';
import { STEP_COUNTS } from '../core/runs/assessment';
import { checkComparisonId, choiceInFolder, COMPARISONS } from '../core/runs/ids';
import type { LearnedAt } from '../core/runs/evaluationResults';
import { chosenRun, type RunChoice } from '../core/runs/record';
import type { ComparisonSummary, StoredComparison } from '../core/runs/storedComparison';
import type { ComparedRuns } from '../protocol/hostCalls';
import type { TaskProgress } from '../protocol/progress';
import type { CallOptions, Caller } from '../protocol/rpc';
import type { CompareTask, ExportChoice, TrainerCalls } from '../protocol/trainerCalls';
import type { RunPlaces } from './runFolders';

/** Test rows whose trajectories a page shows. */
const PATHS = 60;

/** Points a side of a decision boundary. */
const BOUNDARY = 81;

/** The most kept comparisons that a report has, the newest. */
const REPORTED = 6;

type Options = CallOptions<TaskProgress>;

/** An experiment, and the folder that paths in it are relative to. */
export interface ExperimentPlace {
  readonly experiment: Experiment;
  readonly folder: string;
}

/** What the trainer computes of runs and experiments. A run is named by its id. */
export class Computations {
  /** What is asked of runs in training, by their ids. */
  private readonly learning = new Map<string, Promise<LearnedAt | undefined>>();

  constructor(
    private readonly trainer: Caller<TrainerCalls>,
    private readonly folders: RunPlaces,
  ) {}

  metrics = (run: string) => this.trainer.call('metrics', [this.folderOf(run)]);
  evaluation = (run: RunChoice) =>
    this.trainer.call('evaluate', [this.choiceByFolder(run), { part: 'test', limit: Infinity }]);
  trajectories = (run: RunChoice) =>
    this.trainer.call('trajectories', [this.choiceByFolder(run), { part: 'test', limit: PATHS }]);
  boundary = (run: RunChoice) => this.trainer.call('boundary', [this.choiceByFolder(run), BOUNDARY]);
  assessment = (run: RunChoice, options: Options) => this.trainer.call('assess', [this.choiceByFolder(run)], options);
  stepCurve = (run: RunChoice, options: Options) =>
    this.trainer.call('stepCurve', [this.choiceByFolder(run), STEP_COUNTS], options);
  previewData = ({ experiment, folder }: ExperimentPlace, options: CallOptions) =>
    this.trainer.call('previewData', [experiment, folder], options);
  dynamics = ({ experiment, folder }: ExperimentPlace, options: Options) =>
    this.trainer.call('dynamics', [experiment, folder], options);
  predictFile = (run: RunChoice, data: string, out: string) =>
    this.trainer.call('predictFile', [this.choiceByFolder(run), data, out]);
  /** Reads a file of another program as an experiment. */
  importFile = (file: string, choice: ImportChoice) => this.trainer.call('importFile', [file, choice]);
  /** What a file can be: data, a schedule, or both. */
  fileRoles = (file: string) => this.trainer.call('fileRoles', [file]);
  /** Writes a run's weights to a file. */
  exportWeights = (run: RunChoice, out: string) => this.trainer.call('exportWeights', [this.choiceByFolder(run), out]);
  /** Writes a run in an export format. */
  exportRun = (run: RunChoice, choice: ExportChoice) =>
    this.trainer.call('exportRun', [this.choiceByFolder(run), choice]);

  /** Tests the note's conclusion on a run, beside an experiment's other schedules. */
  conclude = ({ schedules }: Experiment, run: string, options: Options) =>
    this.trainer.call('conclude', [this.folderOf(run), { schedules: schedules.slice(1) }], options);
  conclusion = (run: string) => this.trainer.call('conclusion', [this.folderOf(run)]);

  /** Writes an experiment, runs of it and its kept comparisons to one HTML file. */
  async report(
    {
      experiment,
      folder,
      file,
      runs,
      out,
    }: ExperimentPlace & { readonly file: string; readonly runs: readonly string[]; readonly out: string },
    options: Options,
  ) {
    const kept = await this.comparisons(experiment.name);
    const shown = kept.filter(({ run }) => run === undefined || runs.includes(run)).slice(0, REPORTED);
    const comparisons = shown.map(({ id }) => this.comparisonFile(id));
    const task = { experiment, folder, file, runs: runs.map((run) => this.folderOf(run)), comparisons };
    return this.trainer.call('report', [task, out], options);
  }

  /** Compares an experiment's integrators in closed form or on runs, and keeps the comparison. */
  compare(place: ExperimentPlace, { run, also = [] }: ComparedRuns, options: Options) {
    const task = {
      ...this.compareTask(place, run),
      also: also.map((one) => this.folderOf(one)),
      runs: this.placeOf(run),
    };
    return this.trainer.call('compare', [task], options);
  }

  /** The paths of some rows of a comparison. `folder` is what a data file's path is relative to. */
  comparedPaths(
    { experiment, run }: Pick<StoredComparison, 'experiment' | 'run'>,
    folder: string,
    choices: readonly PathChoice[],
  ) {
    return this.trainer.call('comparedPaths', [this.compareTask({ experiment, folder }, run), choices]);
  }

  /** The comparisons kept of the experiment of this name and of its runs. */
  async comparisons(name: string): Promise<ComparisonSummary[]> {
    const all = await Promise.all(this.folders.all.map((runs) => this.trainer.call('comparisons', [runs, name])));
    return all.length > 1 ? all.flat().sort((a, b) => b.made.localeCompare(a.made)) : all[0]!;
  }

  comparison = (id: string) => this.trainer.call('comparison', [this.comparisonFile(id)]);
  removeComparison = (id: string) => this.trainer.call('removeComparison', [this.comparisonFile(id)]);

  /** The folder of a run. An InputError where its id leads elsewhere. */
  folderOf(run: string): string {
    return this.folders.folderOf(run);
  }

  /** What a run in training has learned. Pages that ask meanwhile get the same. */
  learned(run: string): Promise<LearnedAt | undefined> {
    const known = this.learning.get(run);
    if (known) return known;
    const asked = this.trainer.call('learned', [this.folderOf(run)]).finally(() => this.learning.delete(run));
    this.learning.set(run, asked);
    return asked;
  }

  /** The folder of runs that a comparison on a run is kept in: the run's own. */
  private placeOf(run: RunChoice | undefined): string {
    return run === undefined ? this.folders.forNew : path.dirname(this.folderOf(chosenRun(run).run));
  }

  private compareTask(place: ExperimentPlace, run: RunChoice | undefined): CompareTask {
    return { ...place, ...(run !== undefined && { run: this.choiceByFolder(run) }) };
  }

  /** The file of a kept comparison. An InputError where its id leads elsewhere. */
  private comparisonFile(id: string): string {
    const parts = checkComparisonId(id);
    const [place, ...inner] = parts;
    if (place !== COMPARISONS) return path.join(this.folders.folderOf(place!), ...inner);
    const files = this.folders.all.map((runs) => path.join(runs, ...parts));
    return files.find((file) => existsSync(file)) ?? files[0]!;
  }

  /** A run that is chosen by its id, chosen by its folder. */
  private choiceByFolder(choice: RunChoice): RunChoice {
    return choiceInFolder(choice, (id) => this.folders.folderOf(id));
  }
}

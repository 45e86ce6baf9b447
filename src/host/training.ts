import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { seedTasks } from '../core/runs/groups';
import { modelTasks } from '../core/runs/modelRuns';
import type { Runs } from '../protocol/lab';
import { leftQueue, type QueueJob } from '../protocol/queue';
import type { Experiment } from '../core/experiment/experiment';
import { type EvaluationShare } from '../protocol/evaluation';
import { STEP_COUNTS } from '../core/runs/assessment';
import type { ComparisonShare, PictureShare } from '../protocol/pictures';
import type { StoredComparison } from '../core/runs/storedComparison';
import type { PathChoice } from '../core/compare/comparedPaths';
import { scoresAt } from '../core/runs/metrics';
import { type Progress } from '../protocol/trainer';
import { chosenRun, type RunChoice, type RunRecord, type TrainTask } from '../core/runs/record';
import type { Source } from './source';
import { Trainer } from './trainer';

/** How often the runs are read again while one trains elsewhere, in milliseconds. */
const FOLLOW = 2000;

/** Rows of the pictures of a run. */
const [PATHS, SIDE] = [60, 81];

/** What a comparison was made on. */
type Compared = Pick<StoredComparison, 'experiment' | 'run'>;

/** A training that was asked for: the jobs that do it, and their records when all have ended. */
export interface Asked {
  readonly jobs: readonly string[];
  /** Those that were stopped before they began left no record. */
  readonly ended: Promise<RunRecord[]>;
}

/** The runs of this workspace, what trains now or waits for it, and the trainer that does it. */
export class Training implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly progressed = new vscode.EventEmitter<Progress>();
  private readonly shared = new vscode.EventEmitter<ComparisonShare>();
  private readonly concluded = new vscode.EventEmitter<ComparisonShare>();
  private readonly pictured = new vscode.EventEmitter<PictureShare>();
  private readonly evaluated = new vscode.EventEmitter<EvaluationShare>();
  private readonly trainer: Trainer;
  private known: readonly RunRecord[] = [];
  private jobs: readonly QueueJob[] = [];
  private loaded: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Fires when a run or a job came, started, ended or went. */
  readonly onDidChange = this.changed.event;
  readonly onProgress = this.progressed.event;
  /** Fires as a comparison goes on. */
  readonly onComparing = this.shared.event;
  /** Fires as a test of the note's conclusion goes on. */
  readonly onConcluding = this.concluded.event;
  /** Fires as the computation of the dynamics goes on. */
  readonly onPicturing = this.pictured.event;
  /** Fires as an evaluation goes on; its run is an id. */
  readonly onEvaluating = this.evaluated.event;

  /** `dist` holds the trainer; `runs` is the folder runs are kept in. */
  constructor(
    dist: string,
    private readonly folder: string,
    log: vscode.LogOutputChannel,
  ) {
    this.trainer = new Trainer(
      dist,
      {
        started: (record) => this.set([record, ...this.known.filter(({ id }) => id !== record.id)]),
        queue: (jobs) => this.see(jobs),
        progress: (progress) => this.take(progress),
        comparing: (share) => this.shared.fire(share),
        concluding: (share) => this.concluded.fire(share),
        picturing: (share) => this.pictured.fire(share),
        evaluating: (share) => this.evaluated.fire({ ...share, run: path.basename(share.run) }),
      },
      log,
    );
  }

  /** Every run, newest first. */
  async runs(): Promise<readonly RunRecord[]> {
    await (this.loaded ??= this.load());
    return this.known;
  }

  /** The runs that bear an experiment's name. */
  async runsOf(name: string | undefined): Promise<Runs> {
    const rows = (await this.runs()).filter((row) => row.name === name);
    return { rows, queue: this.jobs };
  }

  /** The trainings that run or wait. */
  get queue(): readonly QueueJob[] {
    return this.jobs;
  }

  /** Queues the training of a source's experiment, one run a seed, or goes on with a run of it. */
  train(source: Source, resume?: string): Asked {
    const experiment = source.experiment();
    const task = { experiment, folder: source.folder, runs: this.folder, resume };
    const group = `${new Date().toISOString()} ${experiment.name}`;
    return this.queueAll(resume === undefined ? seedTasks(task, group) : [task]);
  }

  /** Queues the training of every kind of model on a source's experiment, one run a kind and seed. */
  trainModels(source: Source): Asked {
    const task = { experiment: source.experiment(), folder: source.folder, runs: this.folder };
    return this.queueAll(modelTasks(task, new Date().toISOString()));
  }

  private queueAll(all: readonly TrainTask[]): Asked {
    const tasks = all.map((task) => ({ ...task, job: randomUUID() }));
    return { jobs: tasks.map(({ job }) => job), ended: this.trainAll(tasks) };
  }

  private async trainAll(tasks: readonly TrainTask[]): Promise<RunRecord[]> {
    await this.runs();
    const records = await Promise.all(tasks.map((task) => this.trainOne(task)));
    return records.filter((record) => record !== undefined);
  }

  private async trainOne(task: TrainTask): Promise<RunRecord | undefined> {
    try {
      const record = await this.trainer.call('train', task);
      this.known = this.known.map((row) => (row.id === record.id ? record : row));
      return record;
    } catch (error) {
      if (leftQueue(error)) return undefined;
      throw error;
    } finally {
      // the trainer tells so too, unless it is gone
      this.see(this.jobs.filter(({ id }) => id !== task.job));
    }
  }

  stop = (id?: string) => this.trainer.call('stop', ...(id === undefined ? [] : [id]));
  metrics = (run: string) => this.trainer.call('metrics', this.pathOf(run));
  evaluation = (run: RunChoice) => this.trainer.call('evaluate', this.chosen(run), { part: 'test', limit: Infinity });
  trajectories = (run: RunChoice) =>
    this.trainer.call('trajectories', this.chosen(run), { part: 'test', limit: PATHS });
  boundary = (run: RunChoice) => this.trainer.call('boundary', this.chosen(run), SIDE);
  assessment = (run: RunChoice) => this.trainer.call('assess', this.chosen(run));
  stepCurve = (run: RunChoice) => this.trainer.call('stepCurve', this.chosen(run), STEP_COUNTS);
  cancelEvaluation = () => this.trainer.call('cancelEvaluation');
  dynamics = (experiment: Experiment, folder: string) => this.trainer.call('dynamics', experiment, folder);
  cancelDynamics = () => this.trainer.call('cancelDynamics');
  cancelCompare = () => this.trainer.call('cancelCompare');
  conclusion = (run: string) => this.trainer.call('conclusion', this.pathOf(run));
  cancelConclude = () => this.trainer.call('cancelConclude');
  predictFile = (run: RunChoice, data: string, out: string) =>
    this.trainer.call('predictFile', this.chosen(run), data, out);

  compare(source: Source, run?: RunChoice, also: readonly string[] = []) {
    const task = this.taskOf(source.experiment(), source.folder, run);
    return this.trainer.call('compare', { ...task, also: also.map((one) => this.pathOf(one)), runs: this.folder });
  }

  comparedPaths(folder: string, { experiment, run }: Compared, choices: readonly PathChoice[]) {
    return this.trainer.call('comparedPaths', this.taskOf(experiment, folder, run), choices);
  }

  /** The comparisons kept of the experiment of this name and of its runs. */
  comparisons = (name: string) => this.trainer.call('comparisons', this.folder, name);
  comparison = (id: string) => this.trainer.call('comparison', this.fileOf(id));
  removeComparison = (id: string) => this.trainer.call('removeComparison', this.fileOf(id));

  private taskOf(experiment: Experiment, folder: string, run: RunChoice | undefined) {
    return { experiment, folder, ...(run !== undefined && { run: this.chosen(run) }) };
  }

  /** Tests the note's conclusion on a run, beside a source's other schedules. */
  conclude(source: Source, run: string) {
    const schedules = source.experiment().schedules.slice(1);
    return this.trainer.call('conclude', this.pathOf(run), { schedules });
  }

  /** The file of a kept comparison; an Error where its id leads elsewhere. */
  private fileOf(id: string): string {
    const file = path.resolve(this.folder, id);
    if (!file.startsWith(this.folder + path.sep)) throw new Error(`${id} is no comparison`);
    return file;
  }

  /** Writes a run's weights to a file. */
  exportWeights = (run: RunChoice, out: string) => this.trainer.call('exportWeights', this.chosen(run), out);

  /** Makes a run of a source's experiment of the weights in a file. */
  async importWeights(source: Source, file: string): Promise<RunRecord> {
    const task = { experiment: source.experiment(), folder: source.folder, runs: this.folder };
    await this.runs();
    const record = await this.trainer.call('importWeights', task, file);
    this.set([record, ...this.known]);
    return record;
  }

  /** Deletes a run's folder. */
  async remove(run: string): Promise<void> {
    await this.trainer.call('remove', this.pathOf(run));
    this.set(this.known.filter(({ id }) => id !== run));
  }

  /** A choice of a run by its id as one by its folder. */
  private chosen(choice: RunChoice): RunChoice {
    const { run, checkpoint } = chosenRun(choice);
    return checkpoint === undefined ? this.pathOf(run) : { run: this.pathOf(run), checkpoint };
  }

  pathOf(run: string): string {
    return path.join(this.folder, run);
  }

  private async load(): Promise<void> {
    const runs = await this.trainer.call('runs', this.folder);
    const own = this.known.filter(({ id }) => this.jobOf(id));
    this.set([...own, ...runs.filter(({ id }) => !this.jobOf(id))]);
    // Another window, or this one before it was loaded again, may still train: nobody tells of its end.
    if (runs.some(({ id, state }) => state === 'running' && !this.jobOf(id)))
      this.timer = setTimeout(() => void (this.loaded = this.load()), FOLLOW);
  }

  /** The job that a run is trained by in this window. */
  jobOf(run: string): QueueJob | undefined {
    return this.jobs.find((job) => job.run === run);
  }

  private see(jobs: readonly QueueJob[]): void {
    this.jobs = jobs;
    this.set(this.known);
  }

  private take(progress: Progress): void {
    const { id, step, metrics, schedule } = progress;
    this.jobs = this.jobs.map((job) => (job.run === id ? { ...job, step } : job));
    const row = this.known.find((one) => one.id === id);
    if (row) {
      const learned = row.learned && schedule ? { ...row.learned, weights: schedule } : row.learned;
      const next = { ...row, step, learned, ...scoresAt(metrics) };
      this.known = this.known.map((one) => (one.id === id ? next : one));
      if (metrics.evaluatedAt.length) this.changed.fire();
    }
    this.progressed.fire(progress);
  }

  private set(runs: readonly RunRecord[]): void {
    this.known = runs;
    void vscode.commands.executeCommand('setContext', 'noprop.training', this.jobs.length > 0);
    void vscode.commands.executeCommand('setContext', 'noprop.hasRuns', runs.length > 0);
    this.changed.fire();
  }

  /** Ends the trainer; a training first keeps what it has. */
  close(): Promise<void> {
    return this.trainer.close();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.trainer.dispose();
    for (const emitter of [this.changed, this.progressed, this.shared, this.concluded, this.pictured, this.evaluated])
      emitter.dispose();
  }
}

import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { codeOf, messageOf } from '../core/registry/problem';
import { seedTasks } from '../core/runs/groups';
import type { Metrics } from '../core/runs/metrics';
import { modelTasks } from '../core/runs/modelRuns';
import type { RunRecord, TrainTask } from '../core/runs/record';
import { byAge, summaryOf, type DamagedRun, type RunSummary } from '../core/runs/runList';
import { sweepTask, type OpenTraining } from '../core/sweeps/stages';
import type { TrainingProgress } from '../protocol/progress';
import type { CallOptions } from '../protocol/rpc';
import type { ToolInput } from '../protocol/tools/toolCall';
import { jobAfter, type QueueJob } from '../protocol/queue';
import { Computations } from './computations';
import type { ExperimentSource } from './experimentSource';
import type { FileAccess } from './fileAccess';
import { LiveMetrics } from './liveMetrics';
import { queued, type QueuedTraining } from './queuedTraining';
import { isMoved, rowAfter, saidOf } from './runRow';
import { RunEdits } from './runEdits';
import type { RunPlaces } from './runFolders';
import { RunLists } from './runLists';
import { RunsWatches } from './runsWatches';
import { TrainerClient } from './trainerClient';
import { reached } from './walkthrough';

/** The runs of this workspace, and the trainings of this window. */
export class RunStore implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly progressed = new vscode.EventEmitter<TrainingProgress>();
  private readonly asked = new vscode.EventEmitter<void>();
  private readonly trainer: TrainerClient;
  /** What is computed of runs and experiments. */
  readonly computations: Computations;
  private records: readonly RunSummary[] = [];
  private damagedRuns: readonly DamagedRun[] = [];
  private jobs: readonly QueueJob[] = [];
  private loaded: Promise<void> | undefined;
  private readonly lists: RunLists;
  private readonly watches: RunsWatches;
  /** What is changed of runs that are stored. */
  readonly edits: RunEdits;
  private readonly live = new LiveMetrics();
  /** Fires when a run or a job came, started, ended or went. */
  readonly onDidChange = this.changed.event;
  /** Fires as a training goes on. */
  readonly onProgress = this.progressed.event;
  /** Fires when a person has asked for a training. */
  readonly onTrain = this.asked.event;

  /** `dist` holds the trainer. */
  constructor(
    dist: string,
    /** Where runs are kept. */
    readonly folders: RunPlaces,
    /** Which data files may be read. */
    readonly files: FileAccess,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.trainer = new TrainerClient(
      dist,
      {
        started: ([record]) => {
          this.addRecord(record);
          this.look(); // what is not in a record
        },
        queue: ([jobs]) => this.setJobs(jobs),
        trained: ([progress]) => this.addProgress(progress),
        printed: ([line]) => log.info(`Python: ${line}`),
      },
      files,
      log,
    );
    this.computations = new Computations(this.trainer, folders);
    this.watches = new RunsWatches(folders, () => this.look());
    this.lists = new RunLists(this.trainer, folders);
    this.edits = new RunEdits(this.trainer, folders, () => this.read());
  }

  /** Every run, newest first. */
  async runs(): Promise<readonly RunSummary[]> {
    await (this.loaded ?? this.read());
    return this.records;
  }

  /** Every run as far as it has been read, newest first. */
  get known(): readonly RunSummary[] {
    return this.records;
  }

  /** The runs with something wrong in their folders. */
  get damaged(): readonly DamagedRun[] {
    return this.damagedRuns;
  }

  /** The run with this id with all that is known of it. */
  async wholeRunOf(id: string): Promise<RunSummary | undefined> {
    if (this.runOf(id) && !this.runOf(id)?.settings) await this.read();
    return this.runOf(id);
  }

  /** The run with this id, where its record can be read. */
  runOf = (id: string): RunSummary | undefined => this.records.find((row) => row.id === id);

  /** The trainings that run or wait. */
  get queue(): readonly QueueJob[] {
    return this.jobs;
  }

  /** Queues the training of a source's experiment, one run a seed. */
  train(source: ExperimentSource): QueuedTraining {
    const experiment = source.experiment();
    const task = { experiment, folder: source.folder, runs: this.folders.forNew };
    return this.queueAll(seedTasks(task, `${new Date().toISOString()} ${experiment.name}`));
  }

  /** Queues the rest of a run that was stopped or interrupted. */
  resume(run: string): QueuedTraining {
    const job = randomUUID();
    const folder = this.computations.folderOf(run);
    return queued([job], [this.trainOne(job, () => this.trainer.call('resume', [folder, job]))]);
  }

  /** Every row of a run's metrics so far. */
  async metrics(run: string): Promise<Metrics> {
    return this.live.complete(run, await this.computations.metrics(run));
  }

  /** Queues the training of every kind of model on a source's experiment, one run a kind and seed. */
  trainModels(source: ExperimentSource): QueuedTraining {
    const task = { experiment: source.experiment(), folder: source.folder, runs: this.folders.forNew };
    return this.queueAll(modelTasks(task, new Date().toISOString()));
  }

  /** Queues trainings of a sweep, whose files are relative to a folder. */
  queueSweep(open: readonly OpenTraining[], folder: string): QueuedTraining {
    const { folders } = this;
    const runsOf = ({ resume }: OpenTraining) =>
      resume === undefined ? folders.forNew : path.dirname(folders.folderOf(resume));
    return this.queueAll(open.map((one) => sweepTask(one, folder, runsOf(one))));
  }

  private queueAll(all: readonly TrainTask[]): QueuedTraining {
    this.asked.fire();
    const { all: folders } = this.folders;
    const tasks = all.map((task) => ({
      ...task,
      beside: folders.filter((folder) => folder !== task.runs),
      job: randomUUID(),
    }));
    const jobs = tasks.map(({ job }) => job);
    return queued(jobs, tasks.map((task) => this.trainOne(task.job, () => this.trainer.call('train', [task])))); // prettier-ignore
  }

  private async trainOne(job: string, train: () => Promise<RunRecord>): Promise<RunRecord | undefined> {
    try {
      await this.runs();
      const record = await train().catch((error: unknown) => this.interrupted(job, error));
      if (record.state === 'done') reached('training');
      this.records = this.records.map((row) => (row.id === record.id ? { ...summaryOf(record), ...saidOf(row) } : row));
      return record;
    } catch (error) {
      if (codeOf(error) === 'left-queue') return undefined;
      throw error;
    } finally {
      // The trainer says so too, unless it is gone.
      this.setJobs(this.jobs.filter(({ id }) => id !== job));
      this.look();
    }
  }

  /** The record of a run whose trainer is gone, which says so from now on. Rejects with the error where there is no run. */
  private interrupted(job: string, error: unknown): Promise<RunRecord> {
    const run = this.jobs.find(({ id }) => id === job)?.run;
    const code = codeOf(error);
    if (run === undefined || (code !== 'closed' && code !== 'memory')) throw error;
    return this.trainer.call('interrupt', [this.computations.folderOf(run), messageOf(error)]);
  }

  /** Runs a tool for an agent. Runs that it trains are kept among the others. */
  callTool = (name: string, input: ToolInput, folder: string, options: Pick<CallOptions, 'signal'>) =>
    this.trainer
      .call('tool', [name, input, { folder, runs: this.folders.forNew }], options)
      .finally(() => this.read().catch(() => undefined));

  /** Stops a training by its job's or run's id, or all. */
  stop = (id?: string) => this.trainer.call('stop', [id]);

  /** Makes a run of a source's experiment of the weights in a file. */
  async importWeights(source: ExperimentSource, file: string): Promise<RunRecord> {
    const task = { experiment: source.experiment(), folder: source.folder, runs: this.folders.forNew };
    await this.runs();
    const record = await this.trainer.call('importWeights', [task, file]);
    this.addRecord(record);
    return record;
  }

  /** Rejects where a run is being trained. */
  checkRemovable = (run: string): Promise<void> =>
    this.trainer.call('checkRemovable', [this.computations.folderOf(run)]);

  /** Reads the runs. Where that fails, the next who asks for them tries again. */
  private read(): Promise<void> {
    const loaded = this.load();
    this.loaded = loaded;
    loaded.catch((error: unknown) => {
      this.log.debug(`the runs could not be read: ${messageOf(error)}`);
      if (this.loaded === loaded) this.loaded = undefined;
    });
    return loaded;
  }

  private async load(): Promise<void> {
    const { rows, damaged } = await this.lists.read();
    this.damagedRuns = damaged;
    // of what this window trains, it knows more than the disk
    const own = new Map(this.records.filter(({ id }) => this.jobOf(id)).map((row) => [row.id, row]));
    const read = rows.map((row) => {
      const known = own.get(row.id);
      own.delete(row.id);
      return known ? { ...known, ...saidOf(row) } : row;
    });
    const lost = [...own.values()]; // they have no folder of their name now
    const others = read.filter((row) => !lost.some((one) => isMoved(row, one)));
    this.setRecords(lost.length ? [...lost, ...others].sort(byAge) : read);
    this.watches.follow(this.records.some(({ id, state }) => state === 'running' && !this.jobOf(id)));
  }

  /** Reads what may have changed on disk, or where runs are kept. */
  look(): void {
    void this.read().catch(() => undefined);
  }

  private addRecord(record: RunRecord): void {
    this.setRecords([summaryOf(record), ...this.records.filter(({ id }) => id !== record.id)]);
  }

  /** The job that a run is trained by in this window. */
  jobOf(run: string): QueueJob | undefined {
    return this.jobs.find((job) => job.run === run);
  }

  private setJobs(jobs: readonly QueueJob[]): void {
    this.jobs = jobs;
    this.live.keep((run) => this.jobOf(run) !== undefined);
    this.setRecords(this.records);
  }

  private addProgress(progress: TrainingProgress): void {
    const { id, metrics } = progress;
    const before = this.jobOf(id);
    this.jobs = this.jobs.map((job) => (job === before ? jobAfter(job, progress) : job));
    if (before) this.live.add(progress);
    if (before?.saveProblem !== progress.saveProblem) this.changed.fire();
    const row = this.records.find((one) => one.id === id);
    if (row) {
      const next = rowAfter(row, progress);
      this.records = this.records.map((one) => (one.id === id ? next : one));
      if (metrics.evaluatedAt.length) this.changed.fire();
    }
    this.progressed.fire(progress);
  }

  private setRecords(records: readonly RunSummary[]): void {
    this.records = records;
    this.changed.fire();
  }

  /** Ends the trainer. A training first keeps what it has. */
  close = (): Promise<void> => this.trainer.close();

  dispose(): void {
    this.watches.dispose();
    this.trainer.dispose();
    this.changed.dispose();
    this.progressed.dispose();
    this.asked.dispose();
  }
}

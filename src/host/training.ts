import path from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../core/problem';
import type { Runs } from '../protocol/lab';
import type { Experiment } from '../core/experiment';
import { STEP_COUNTS, type EvaluationShare } from '../protocol/evaluation';
import type { ComparisonShare, PictureShare } from '../protocol/pictures';
import { scoresAt } from '../protocol/metrics';
import type { Progress, RunRecord } from '../protocol/trainer';
import type { Source } from './source';
import { Trainer } from './trainer';

/** How often the runs are read again while one trains elsewhere, in milliseconds. */
const FOLLOW = 2000;

/** Rows of the pictures of a run. */
const [PATHS, SIDE] = [60, 81];

/** The runs of this workspace, what trains now, and the trainer that does it. */
export class Training implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly progressed = new vscode.EventEmitter<Progress>();
  private readonly shared = new vscode.EventEmitter<ComparisonShare>();
  private readonly pictured = new vscode.EventEmitter<PictureShare>();
  private readonly evaluated = new vscode.EventEmitter<EvaluationShare>();
  private readonly trainer: Trainer;
  private known: readonly RunRecord[] = [];
  private training: string | undefined;
  private busy = false;
  private loaded: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Fires when a run came, ended or went. */
  readonly onDidChange = this.changed.event;
  readonly onProgress = this.progressed.event;
  /** Fires as a comparison goes on. */
  readonly onComparing = this.shared.event;
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
        started: (record) => {
          this.training = record.id;
          this.set([record, ...this.known.filter(({ id }) => id !== record.id)]);
        },
        progress: (progress) => this.take(progress),
        comparing: (share) => this.shared.fire(share),
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
    return { rows, training: this.training };
  }

  get isTraining(): boolean {
    return this.busy;
  }

  /** Trains a source's experiment, or goes on with a run of it; answers with the record however it ended. */
  async train(source: Source, resume?: string): Promise<RunRecord> {
    if (this.busy) throw new InputError('a training runs already: stop it first');
    const experiment = source.experiment();
    await this.runs();
    this.busy = true;
    this.set(this.known);
    try {
      const record = await this.trainer.call('train', { experiment, folder: source.folder, runs: this.folder, resume });
      this.known = this.known.map((row) => (row.id === record.id ? record : row));
      return record;
    } finally {
      [this.busy, this.training] = [false, undefined];
      this.set(this.known);
    }
  }

  stop = () => this.trainer.call('stop');
  metrics = (run: string) => this.trainer.call('metrics', this.pathOf(run));
  evaluation = (run: string) => this.trainer.call('evaluate', this.pathOf(run), { part: 'test', limit: Infinity });
  trajectories = (run: string) => this.trainer.call('trajectories', this.pathOf(run), { part: 'test', limit: PATHS });
  boundary = (run: string) => this.trainer.call('boundary', this.pathOf(run), SIDE);
  assessment = (run: string) => this.trainer.call('assess', this.pathOf(run));
  stepCurve = (run: string) => this.trainer.call('stepCurve', this.pathOf(run), STEP_COUNTS);
  cancelEvaluation = () => this.trainer.call('cancelEvaluation');
  dynamics = (experiment: Experiment, folder: string) => this.trainer.call('dynamics', experiment, folder);
  cancelDynamics = () => this.trainer.call('cancelDynamics');
  cancelCompare = () => this.trainer.call('cancelCompare');
  predictFile = (run: string, data: string, out: string) =>
    this.trainer.call('predictFile', this.pathOf(run), data, out);

  compare(source: Source, run?: string) {
    const { folder } = source;
    return this.trainer.call('compare', source.experiment(), folder, ...(run === undefined ? [] : [this.pathOf(run)]));
  }

  /** Deletes a run's folder. */
  async remove(run: string): Promise<void> {
    await this.trainer.call('remove', this.pathOf(run));
    this.set(this.known.filter(({ id }) => id !== run));
  }

  pathOf(run: string): string {
    return path.join(this.folder, run);
  }

  private async load(): Promise<void> {
    const runs = await this.trainer.call('runs', this.folder);
    const own = this.known.find(({ id }) => id === this.training);
    this.set(own ? [own, ...runs.filter(({ id }) => id !== own.id)] : runs);
    // Another window, or this one before it was loaded again, may still train: nobody tells of its end.
    if (runs.some(({ id, state }) => state === 'running' && id !== this.training))
      this.timer = setTimeout(() => void (this.loaded = this.load()), FOLLOW);
  }

  private take(progress: Progress): void {
    const { id, step, metrics } = progress;
    const row = this.known.find((one) => one.id === id);
    if (row) {
      const next = { ...row, step, ...scoresAt(metrics) };
      this.known = this.known.map((one) => (one.id === id ? next : one));
      if (metrics.evaluatedAt.length) this.changed.fire();
    }
    this.progressed.fire(progress);
  }

  private set(runs: readonly RunRecord[]): void {
    this.known = runs;
    void vscode.commands.executeCommand('setContext', 'noprop.training', this.busy);
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
    for (const emitter of [this.changed, this.progressed, this.shared, this.pictured, this.evaluated])
      emitter.dispose();
  }
}

import type { Runs } from '../../src/protocol/lab';
import type { DynamicsPaths } from '../../src/core/dynamics/paths';
import type { QueueJob } from '../../src/protocol/queue';
import type { Progress } from '../../src/protocol/trainer';
import type { Boundary, Evaluation, Trajectories } from '../../src/core/runs/results';
import type { LearnedRecord, RunChoice, RunRecord } from '../../src/core/runs/record';
import type { Metrics } from '../../src/core/runs/metrics';
import { Comparing, dataOfU } from './comparing';
import { Conclusions } from './conclusions';
import { Evaluations } from './evaluations';
import { Latest } from './latest';
import { completeMetrics, joinMetrics, metricsOf, scoresAt, testScore } from '../../src/core/runs/metrics';
import type { Store } from './store';

/** What a trained run shows beside its metrics. */
export interface Results {
  readonly evaluation?: Evaluation | undefined;
  readonly trajectories?: Trajectories | undefined;
  readonly boundary?: Boundary | undefined;
}

/** Something the host computes: the last value while a new one is on its way, and why there is none. */
export interface Computed<T> {
  readonly key: string;
  readonly value?: T | undefined;
  readonly error?: string | undefined;
  readonly busy: boolean;
}

const textOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** What the host computes for the page: runs and their metrics, trajectories, comparisons. */
export class Study {
  runs: Runs | undefined;
  metrics: { readonly run: string; readonly key: string; readonly rows: Metrics } | undefined;
  results: Computed<Results> | undefined;
  readonly conclusions: Conclusions;
  /** The comparison of integrators. */
  readonly comparing: Comparing;
  /** The pictures of the Dynamics tab. */
  readonly dynamics: Latest<DynamicsPaths>;
  /** What is measured of runs when they have ended. */
  readonly evaluations: Evaluations;
  /** Why the last training did not start. */
  failure = '';
  /** The run that is looked at: the newest unless another was chosen. */
  private chosen: string | undefined;
  /** The step whose weights are looked at; those of the end where there is none. */
  checkpoint: number | undefined;
  private asked = '';

  constructor(private readonly store: Store) {
    this.conclusions = new Conclusions(store);
    this.evaluations = new Evaluations(store);
    this.comparing = new Comparing(store);
    this.dynamics = new Latest(
      () => store.changed(),
      () => void store.ask('cancelDynamics'),
    );
  }

  /** The run the Training tab shows. */
  get run(): RunRecord | undefined {
    const rows = this.runs?.rows ?? [];
    return rows.find(({ id }) => id === this.chosen) ?? rows[0];
  }

  /** The schedule that is being trained, of the newest run of the experiment that does so. */
  get learning(): LearnedRecord | undefined {
    return this.runs?.rows.find(({ state, learned }) => state === 'running' && learned)?.learned;
  }

  /** The trainings that run or wait. */
  get queue(): readonly QueueJob[] {
    return this.runs?.queue ?? [];
  }

  /** The runs that differ from one in their seed alone, itself among them. */
  seedsOf(run: RunRecord): readonly RunRecord[] {
    const rows = this.runs?.rows ?? [];
    return run.group === undefined ? [run] : rows.filter((one) => one.group === run.group && Evaluations.ready(one));
  }

  choose(run: string | undefined): void {
    this.chosen = run;
    this.checkpoint = undefined;
    this.store.changed();
  }

  /** Looks at the weights of a checkpoint of the run in view, or of its end. */
  look(checkpoint: number | undefined): void {
    this.checkpoint = checkpoint;
    this.store.changed();
  }

  /** A run as it is looked at: the one in view at its checkpoint, any other at its end. */
  choiceOf({ id }: Pick<RunRecord, 'id'>): RunChoice {
    const { checkpoint } = this;
    return checkpoint === undefined || id !== this.run?.id ? id : { run: id, checkpoint };
  }

  /** Writes the weights that are looked at to a file. */
  async exportWeights(): Promise<void> {
    if (this.run) await this.store.ask('exportWeights', this.choiceOf(this.run));
  }

  /** Makes a run of weights in a file, and looks at it. */
  async importWeights(): Promise<void> {
    this.failure = '';
    try {
      const record = await this.store.request('importWeights');
      if (record) this.choose(record.id);
    } catch (error) {
      this.failure = textOf(error);
    }
    this.store.changed();
  }

  /** Asks for the runs of the experiment where they are not known yet, and for what the chosen one shows. */
  followRuns(): void {
    const name = this.store.experiment?.name ?? '';
    if (this.asked !== name) {
      this.asked = name;
      void this.store.ask('runs').then((runs) => runs && this.take(runs));
    }
    const { run } = this;
    if (!run) return;
    this.followMetrics(run);
    const key = [run.id, run.state, run.updated, this.checkpoint].join(' ');
    if (run.state !== 'running' && testScore(run) && this.results?.key !== key) void this.load(run, key);
  }

  take(runs: Runs): void {
    this.runs = runs;
    this.store.changed();
  }

  /** Adds new rows of metrics. */
  grow({ id, step, stepsPerSecond, metrics, schedule }: Progress): void {
    const rows = this.runs?.rows.map((row) => {
      if (row.id !== id) return row;
      const learned = row.learned && schedule ? { ...row.learned, weights: schedule } : row.learned;
      return { ...row, step, stepsPerSecond, learned, ...last(metrics) };
    });
    const queue = this.queue.map((job) => (job.run === id ? { ...job, step } : job));
    if (this.runs && rows) this.runs = { ...this.runs, rows, queue };
    if (this.metrics?.run === id) this.metrics = { ...this.metrics, rows: joinMetrics(this.metrics.rows, metrics) };
    this.store.changed();
  }

  train(resume?: string): Promise<void> {
    return this.ask(() => this.store.request('train', ...(resume === undefined ? [] : ([resume] as const))));
  }

  /** Trains every kind of model on the experiment. */
  trainModels(): Promise<void> {
    return this.ask(() => this.store.request('trainModels'));
  }

  private async ask(train: () => Promise<unknown>): Promise<void> {
    this.failure = '';
    this.choose(undefined);
    try {
      await train();
    } catch (error) {
      this.failure = textOf(error);
    }
    this.store.changed();
  }

  /** Stops a training by its job's or run's id. */
  stop(id: string): Promise<unknown> {
    return this.store.ask('stop', id);
  }

  /** Computes the dynamics where the experiment, as the page shows it, changed. */
  followDynamics(): void {
    const { experiment } = this.store;
    if (!experiment || this.store.blocked) return;
    const { schedules, window, denoiser, dynamics, overlays, integrator, grid, start, seed, comparison } = experiment;
    const flow = [schedules[0], window, denoiser, dynamics, overlays, integrator, grid, start, seed, comparison.paths];
    const key = JSON.stringify([...flow, dataOfU(experiment)]);
    this.dynamics.follow(key, () => this.store.request('dynamics', experiment));
  }

  /** Asks for the metrics of a run, and once more when it has ended: while it trains, the disk is behind what came. */
  private followMetrics({ id, state }: RunRecord): void {
    const key = `${id} ${state}`;
    if (this.metrics?.key === key) return;
    this.metrics = { run: id, key, rows: this.metrics?.run === id ? this.metrics.rows : metricsOf({}) };
    void this.store.ask('metrics', id).then((rows) => {
      if (!rows || this.metrics?.key !== key) return;
      this.metrics = { ...this.metrics, rows: state === 'running' ? completeMetrics(this.metrics.rows, rows) : rows };
      this.store.changed();
    });
  }

  private async load(run: RunRecord, key: string): Promise<void> {
    const { data, model } = run;
    const choice = this.choiceOf(run);
    this.results = { key, busy: true };
    try {
      const evaluation = await this.store.request('evaluation', choice);
      const trajectories = model === 'backprop' ? undefined : await this.store.request('trajectories', choice);
      const flat = data.features.length === 2 && !data.targets;
      const boundary = flat ? await this.store.request('boundary', choice) : undefined;
      if (this.results.key === key) this.results = { key, busy: false, value: { evaluation, trajectories, boundary } };
    } catch (error) {
      if (this.results.key === key) this.results = { key, busy: false, error: textOf(error) };
    }
    this.store.changed();
  }
}

/** The last loss and scores of new rows, where they have any. */
const last = (metrics: Metrics) => ({
  ...(metrics.loss.length ? { loss: metrics.loss.at(-1) } : {}),
  ...scoresAt(metrics),
});

import type { DynamicsPaths } from '../../src/core/dynamics/paths';
import { messageOf } from '../../src/core/registry/problem';
import {
  completeMetrics,
  joinMetrics,
  metricsOf,
  scoresAt,
  testScore,
  type Metrics,
} from '../../src/core/runs/metrics';
import type { LearnedRecord, RunChoice, RunRecord } from '../../src/core/runs/record';
import type { Boundary, Evaluation, Trajectories } from '../../src/core/runs/results';
import type { Runs } from '../../src/protocol/hostCalls';
import type { TrainingProgress } from '../../src/protocol/progress';
import type { QueueJob } from '../../src/protocol/queue';
import { ComparisonQueries, dataOfU } from './comparisonQueries';
import { ConclusionQueries } from './conclusionQueries';
import { MeasureQueries, canMeasure } from './measureQueries';
import { Query } from './query';
import type { Store } from './store';

/** What a trained run shows beside its metrics. */
export interface Results {
  readonly evaluation?: Evaluation | undefined;
  readonly trajectories?: Trajectories | undefined;
  readonly boundary?: Boundary | undefined;
}

/** What the host computes for the page: runs and their metrics, trajectories, comparisons. */
export class Study {
  runs: Runs | undefined;
  metrics: { readonly run: string; readonly key: string; readonly rows: Metrics } | undefined;
  /** What the run in view shows beside its metrics. */
  readonly results: Query<Results>;
  readonly conclusions: ConclusionQueries;
  readonly comparisons: ComparisonQueries;
  /** The paths of the Dynamics tab. */
  readonly dynamics: Query<DynamicsPaths>;
  /** What is measured of runs when they have ended. */
  readonly measures: MeasureQueries;
  /** Why the last training did not start. */
  failure = '';
  /** The run that is looked at: the newest unless another was chosen. */
  private chosen: string | undefined;
  /** The step whose weights are looked at; those of the end where there is none. */
  checkpoint: number | undefined;
  private asked = '';
  private resultsOf: string | undefined;

  constructor(private readonly store: Store) {
    const { request } = store;
    const changed = () => store.changed();
    this.conclusions = new ConclusionQueries(request, changed);
    this.measures = new MeasureQueries(request, changed);
    this.comparisons = new ComparisonQueries(request, changed);
    this.dynamics = new Query(changed);
    this.results = new Query(changed, 0);
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
    return run.group === undefined ? [run] : rows.filter((one) => one.group === run.group && canMeasure(one));
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
    if (this.run) await this.store.ask('exportWeights', [this.choiceOf(this.run)]);
  }

  /** Makes a run of weights in a file, and looks at it. */
  async importWeights(): Promise<void> {
    this.failure = '';
    try {
      const record = await this.store.request('importWeights', []);
      if (record) this.choose(record.id);
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.store.changed();
  }

  /** Asks for the runs of the experiment where they are not known yet. */
  updateRuns(): void {
    const name = this.store.experiment?.name ?? '';
    if (this.asked === name) return;
    this.asked = name;
    void this.store.ask('runs', []).then((runs) => runs && this.take(runs));
  }

  /** Asks for what the run in view shows, where it is not known yet. */
  updateRun(): void {
    const { run } = this;
    if (!run) return;
    this.updateMetrics(run);
    if (this.resultsOf !== run.id) this.results.take(undefined, undefined);
    this.resultsOf = run.id;
    if (run.state === 'running' || !testScore(run)) return;
    this.results.follow([run.id, run.state, run.updated, this.checkpoint].join(' '), () => this.loadResults(run));
  }

  take(runs: Runs): void {
    this.runs = runs;
    this.store.changed();
  }

  /** Adds new rows of metrics. */
  grow({ id, step, stepsPerSecond, metrics, schedule }: TrainingProgress): void {
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
    return this.begin(() => this.store.request('train', [resume]));
  }

  /** Trains every kind of model on the experiment. */
  trainModels(): Promise<void> {
    return this.begin(() => this.store.request('trainModels', []));
  }

  private async begin(train: () => Promise<unknown>): Promise<void> {
    this.failure = '';
    this.choose(undefined);
    try {
      await train();
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.store.changed();
  }

  /** Stops a training by its job's or run's id. */
  stop(id: string): Promise<unknown> {
    return this.store.ask('stop', [id]);
  }

  /** Computes the dynamics where the experiment, as the page shows it, changed. */
  updateDynamics(): void {
    const { experiment } = this.store;
    if (!experiment || this.store.blocked) return;
    const { schedules, window, denoiser, dynamics, overlays, integrator, grid, start, seed, comparison } = experiment;
    const flow = [schedules[0], window, denoiser, dynamics, overlays, integrator, grid, start, seed, comparison.paths];
    const key = JSON.stringify([...flow, dataOfU(experiment)]);
    this.dynamics.follow(key, (options) => this.store.request('dynamics', [experiment], options));
  }

  /** Asks for the metrics of a run, and once more when it has ended: while it trains, the disk is behind what came. */
  private updateMetrics({ id, state }: RunRecord): void {
    const key = `${id} ${state}`;
    if (this.metrics?.key === key) return;
    this.metrics = { run: id, key, rows: this.metrics?.run === id ? this.metrics.rows : metricsOf({}) };
    void this.store.ask('metrics', [id]).then((rows) => {
      if (!rows || this.metrics?.key !== key) return;
      this.metrics = { ...this.metrics, rows: state === 'running' ? completeMetrics(this.metrics.rows, rows) : rows };
      this.store.changed();
    });
  }

  private async loadResults(run: RunRecord): Promise<Results> {
    const { data, model } = run;
    const { request } = this.store;
    const choice = this.choiceOf(run);
    const evaluation = await request('evaluation', [choice]);
    const trajectories = model === 'backprop' ? undefined : await request('trajectories', [choice]);
    const flat = data.features.length === 2 && !data.targets;
    const boundary = flat ? await request('boundary', [choice]) : undefined;
    return { evaluation, trajectories, boundary };
  }
}

/** The last loss and scores of new rows, where they have any. */
const last = (metrics: Metrics) => ({
  ...(metrics.loss.length ? { loss: metrics.loss.at(-1) } : {}),
  ...scoresAt(metrics),
});

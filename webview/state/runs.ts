import { messageOf } from '../../src/core/registry/problem';
import {
  completeMetrics,
  joinMetrics,
  metricsOf,
  scoresAt,
  testScore,
  type Metrics,
} from '../../src/core/runs/metrics';
import type { LearnedRecord, RunChoice } from '../../src/core/runs/record';
import { changedRows, type DamagedRun, type RunSummary } from '../../src/core/runs/runList';
import type { Learned } from '../../src/core/runs/evaluationResults';
import type { HostCalls, RunsSnapshot } from '../../src/protocol/hostCalls';
import type { TrainingProgress } from '../../src/protocol/progress';
import { jobAfter, type QueueJob } from '../../src/protocol/queue';
import type { Caller } from '../../src/protocol/rpc';
import { OverlaidRuns } from './overlaidRuns';
import { Query } from './query';

/** How many runs the picker lists until older ones are asked for: a list of thousands is slow to draw. */
const LISTED = 100;

/** What the runs of a page ask of its host. */
export type RunsCalls = Pick<
  HostCalls,
  | 'runs'
  | 'metrics'
  | 'evaluation'
  | 'trajectories'
  | 'boundary'
  | 'train'
  | 'trainModels'
  | 'stop'
  | 'sweep'
  | 'stopSweep'
  | 'duplicate'
  | 'exportWeights'
  | 'exportRun'
  | 'predictFile'
  | 'importWeights'
  | 'mend'
  | 'removeRun'
  | 'showRun'
>;

/** What the runs of a page use. */
export interface RunsHost {
  readonly request: Caller<RunsCalls>['call'];
  /** Shows on the page why something did not happen. */
  readonly fail: (error: unknown) => void;
  /** Draws the page in the next frame. */
  readonly changed: () => void;
}

/** The runs of the page's experiment: their records and trainings, the one in view, its metrics and results. */
export class RunsState {
  /** The runs of the experiment, newest first; undefined until they are known. */
  records: readonly RunSummary[] | undefined;
  /** The runs that are damaged: of this experiment, or of one whose name cannot be read. */
  damaged: readonly DamagedRun[] = [];
  /** The trainings of this window that run or wait. */
  queue: readonly QueueJob[] = [];
  /** The metrics of the run in view so far. */
  metrics: { readonly run: string; readonly key: string; readonly rows: Metrics } | undefined;
  /** What the run in view shows beside its metrics. */
  readonly results: Query<Learned>;
  /** The runs whose curves are laid over those of the run in view. */
  readonly overlaid: OverlaidRuns;
  /** Counts the changes of which data files may be read: what was refused is then asked for again. */
  readable = 0;
  /** Why the last training did not start. */
  failure = '';
  /** The step whose weights are looked at; those of the end where there is none. */
  checkpoint: number | undefined;
  /** The run that was chosen to be looked at. */
  private chosen: string | undefined;
  private recordsOf = '';
  private resultsOf: string | undefined;

  constructor(private readonly host: RunsHost) {
    this.results = new Query(() => host.changed(), 0);
    this.overlaid = new OverlaidRuns(host);
  }

  /** The run in view: the newest unless another was chosen. */
  get run(): RunSummary | undefined {
    const { records = [] } = this;
    return records.find(({ id }) => id === this.chosen) ?? records[0];
  }

  /** The schedule that is being trained, of the newest run of the experiment that does so. */
  get learning(): LearnedRecord | undefined {
    return this.records?.find(({ state, learned }) => state === 'running' && learned)?.learned;
  }

  /** Looks at a run; at the newest where none is named. */
  choose(run: string | undefined): void {
    this.chosen = run;
    this.checkpoint = undefined;
    this.host.changed();
  }

  /** Looks at the weights of a checkpoint of the run in view, or of its end. */
  chooseCheckpoint(checkpoint: number | undefined): void {
    this.checkpoint = checkpoint;
    this.host.changed();
  }

  /** A run as it is looked at: the one in view at its checkpoint, any other at its end. */
  choiceOf({ id }: Pick<RunSummary, 'id'>): RunChoice {
    const { checkpoint } = this;
    return checkpoint === undefined || id !== this.run?.id ? id : { run: id, checkpoint };
  }

  /** Writes the run as it is looked at to a file: its weights, a format that is asked for, or what it predicts of a table. */
  async write(what: 'exportWeights' | 'exportRun' | 'predictFile'): Promise<void> {
    if (this.run) await this.host.request(what, [this.choiceOf(this.run)]).catch(this.host.fail);
  }

  /** Does something with a damaged run: makes it whole again, opens its files, or asks whether to delete it. */
  async handleDamaged(action: 'mend' | 'showRun' | 'removeRun', run: string): Promise<void> {
    await this.host.request(action, [run]).catch(this.host.fail);
  }

  private listed = LISTED;

  private readonly listMore = (): void => {
    this.listed += LISTED;
    this.host.changed();
  };

  /** What a picker of runs does. */
  get picking() {
    const { listed, listMore } = this;
    const damaged = new Set(this.damaged.map(({ id }) => id));
    return { listed, listMore, choose: (id: string) => this.choose(id), isDamaged: (id: string) => damaged.has(id) };
  }

  /** What is wrong with a run; undefined where nothing is. */
  damageOf = (run: string): DamagedRun | undefined => this.damaged.find(({ id }) => id === run);

  /** Makes a run of weights in a file, and looks at it. */
  importWeights(): Promise<void> {
    return this.begin(async () => {
      const record = await this.host.request('importWeights', []);
      if (record) this.choose(record.id);
    });
  }

  /** Trains the experiment, or goes on with a run. */
  train(resume?: string): Promise<void> {
    this.choose(undefined);
    return this.begin(() => this.host.request('train', [resume]));
  }

  /** Trains every kind of model on the experiment. */
  trainModels(): Promise<void> {
    this.choose(undefined);
    return this.begin(() => this.host.request('trainModels', []));
  }

  /** Trains what the experiment's sweep still needs. */
  sweep(): Promise<void> {
    return this.begin(() => this.host.request('sweep', []));
  }

  /** Stops the experiment's sweep. */
  stopSweep(): void {
    this.host.request('stopSweep', []).catch(this.host.fail);
  }

  /** Opens a new experiment with the settings of a cell. */
  duplicate(settings: Readonly<Record<string, unknown>>): void {
    this.host.request('duplicate', [settings]).catch(this.host.fail);
  }

  /** Stops a training by its job's or run's id. */
  stop(id: string): void {
    this.host.request('stop', [id]).catch(this.host.fail);
  }

  private async begin(work: () => Promise<unknown>): Promise<void> {
    this.failure = '';
    try {
      await work();
    } catch (error) {
      this.failure = messageOf(error);
    }
    this.host.changed();
  }

  /** Asks for the runs of the experiment of this name where they are not known yet. */
  updateRecords(name: string): void {
    if (this.recordsOf === name) return;
    this.recordsOf = name;
    this.host.request('runs', []).then((runs) => this.show(runs), this.host.fail);
  }

  /** Asks for what the run in view shows, where it is not known yet. */
  updateRun(): void {
    const { run } = this;
    if (!run) return;
    this.updateMetrics(run);
    if (this.resultsOf !== run.id) this.results.take(undefined, undefined);
    this.resultsOf = run.id;
    if (run.state === 'running' || !testScore(run) || this.damageOf(run.id)) return;
    this.results.follow([run.id, run.state, run.updated, this.checkpoint, this.readable].join(' '), () =>
      this.resultsAt(run, this.choiceOf(run)),
    );
  }

  /** Takes the runs as the host has them. */
  show({ queue, damaged, ...change }: RunsSnapshot): void {
    if (change.whole || this.records) this.records = changedRows(this.records ?? [], change);
    this.damaged = damaged;
    this.queue = queue;
    this.host.changed();
  }

  /** Adds what a training has come to. */
  addProgress(progress: TrainingProgress): void {
    const { id, step, stepsPerSecond, metrics, schedule } = progress;
    this.records = this.records?.map((row) => {
      if (row.id !== id) return row;
      const learned = row.learned && schedule ? { ...row.learned, weights: schedule } : row.learned;
      return { ...row, step, stepsPerSecond, learned, ...lastOf(metrics) };
    });
    this.queue = this.queue.map((job) => (job.run === id ? jobAfter(job, progress) : job));
    this.overlaid.addProgress(progress);
    // A run that has ended was read whole; what comes late is in it.
    const trains = this.records?.some((row) => row.id === id && row.state === 'running');
    if (this.metrics?.run === id && trains)
      this.metrics = { ...this.metrics, rows: joinMetrics(this.metrics.rows, metrics) };
    this.host.changed();
  }

  /** Asks for the metrics of a run, and once more when it has ended: while it trains, the disk is behind what came. */
  private updateMetrics({ id, state }: RunSummary): void {
    const key = `${id} ${state}`;
    if (this.metrics?.key === key) return;
    // A run that goes on no longer has the rows that only its end had.
    const before = this.metrics?.run === id && state !== 'running' ? this.metrics.rows : metricsOf({});
    this.metrics = { run: id, key, rows: before };
    this.host.request('metrics', [id]).then((rows) => {
      if (this.metrics?.key !== key) return;
      this.metrics = { ...this.metrics, rows: state === 'running' ? completeMetrics(this.metrics.rows, rows) : rows };
      this.host.changed();
    }, this.host.fail);
  }

  /** What a run has learned, by the weights of its end or of a checkpoint. */
  async resultsAt({ data, model }: RunSummary, choice: RunChoice): Promise<Learned> {
    const { request } = this.host;
    const evaluation = await request('evaluation', [choice]);
    const trajectories = model === 'backprop' ? undefined : await request('trajectories', [choice]);
    const flat = data.featureCount === 2 && !data.regression;
    const boundary = flat ? await request('boundary', [choice]) : undefined;
    return { evaluation, trajectories, boundary };
  }
}

/** The last loss and scores of new rows, where they have any. */
const lastOf = (metrics: Metrics) => ({
  ...(metrics.loss.length ? { loss: metrics.loss.at(-1) } : {}),
  ...scoresAt(metrics),
});

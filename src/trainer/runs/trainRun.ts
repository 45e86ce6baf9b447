import path from 'node:path';
import { joinMetrics, metricsOf, scoresAt, type Metrics } from '../../core/runs/metrics';
import { checkRunId } from '../../core/runs/ids';
import type { RunRecord, TrainTask } from '../../core/runs/record';
import type { TrainingProgress } from '../../protocol/progress';
import { loadData } from '../data/load';
import { checkUnchanged } from '../data/preparedData';
import type { Backend } from '../engine/backend';
import { train, type TrainingReport, type TrainOptions } from '../training/loop';
import type { TrainingState } from '../training/models/trainingState';
import { planTraining, type TrainingPlan } from '../training/plan';
import { memoryHeld, newRecord } from './newRecord';
import { createRun, readRecord, readRunExperiment, readRunMetrics, readTrainingState } from './runFolder';
import { writeCheckpoint, writeMetrics, writeRecord, writeSnapshot } from './runFolder';

export interface TrainRunOptions extends Pick<TrainOptions, 'signal' | 'start'> {
  readonly backend: Backend;
  /** Gets the record once the run's folder exists and says "running". */
  readonly onStarted?: ((record: RunRecord) => void) | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
}

/** What a task trains, from the start or from where a run stopped. */
export interface PlannedRun {
  /** The folder of the run that is resumed, and its record. */
  readonly run: string | undefined;
  readonly record: RunRecord | undefined;
  /** What paths in the experiment are relative to. */
  readonly source: string;
  readonly plan: TrainingPlan;
}

/** Plans a task. An InputError where it cannot be trained. */
export async function planRun(task: TrainTask): Promise<PlannedRun> {
  const run = task.resume === undefined ? undefined : path.join(task.runs, checkRunId(task.resume));
  const experiment = run ? await readRunExperiment(run) : task.experiment;
  const record = run ? await readRecord(run) : undefined;
  const source = record?.data.folder ?? task.folder;
  const data = await loadData(experiment, source);
  if (record) checkUnchanged(record, data);
  return { run, record, source, plan: planTraining(experiment, data) };
}

/**
 * Trains a task in a run's folder, from the start or from where a run stopped. Returns the record however the training
 * ended. An InputError, before the folder is made or changed, where the experiment or its data cannot be trained.
 */
export async function trainRun(task: TrainTask, options: TrainRunOptions): Promise<RunRecord> {
  const { run, record: before, source, plan } = await planRun(task);
  const [resume, metrics] = run ? await Promise.all([readTrainingState(run), readRunMetrics(run)]) : [];
  const folder = run ?? (await createRun(task.runs, plan.experiment));
  const record = newRecord(folder, plan, { backend: options.backend, source, group: task.group, before });
  return new RunSession(folder, plan, options, record, metrics).train(resume);
}

/** A training in a run's folder: keeps the record, the metrics and the state on disk up to date. */
class RunSession {
  /** Writes follow one another, so that an older one never overwrites a newer one. */
  private writes: Promise<void> = Promise.resolve();
  private readonly secondsBefore: number;
  private readonly begun = performance.now();

  constructor(
    private readonly folder: string,
    private readonly plan: TrainingPlan,
    private readonly options: TrainRunOptions,
    private record: RunRecord,
    private metrics: Metrics = metricsOf({}),
  ) {
    this.secondsBefore = record.seconds;
  }

  async train(resume?: TrainingState): Promise<RunRecord> {
    const { plan, options, folder } = this;
    try {
      await writeRecord(folder, this.record);
      options.onStarted?.(this.record);
      const { snapshot, ...outcome } = await train(plan, {
        signal: options.signal,
        resume,
        start: options.start,
        onMetrics: (report) => this.report(report),
        onSave: (saved) => this.writeAll(() => writeSnapshot(folder, saved)),
        onCheckpoint: (step, weights) => {
          this.write(() => writeCheckpoint(folder, step, weights));
          const steps = new Set([...(this.record.checkpoints ?? []), step]);
          this.update({ checkpoints: [...steps].sort((a, b) => a - b) });
        },
      });
      this.update({ ...outcome, step: snapshot.step });
      this.writeAll(() => writeSnapshot(folder, snapshot));
      await this.writes;
    } catch (error) {
      await this.writes.catch(() => undefined);
      this.update({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
      await writeRecord(folder, this.record);
    }
    return this.record;
  }

  private update(change: Partial<RunRecord>): void {
    const seconds = this.secondsBefore + (performance.now() - this.begun) / 1000;
    this.record = { ...this.record, ...change, seconds, updated: new Date().toISOString() };
  }

  private report({ step, stepsPerSecond, metrics, schedule }: TrainingReport): void {
    this.metrics = joinMetrics(this.metrics, metrics);
    const { id, steps, learned } = this.record;
    this.update({ step, stepsPerSecond, ...latest(metrics) });
    if (learned && schedule) this.update({ learned: { ...learned, weights: schedule } });
    this.options.onProgress?.({ id, step, steps, stepsPerSecond, metrics, schedule });
  }

  /** Queues a write. Its error is reported where `writes` is awaited. */
  private write(work: () => Promise<void>): void {
    this.writes = this.writes.then(work);
    this.writes.catch(() => undefined);
  }

  /** Queues a write of the state, and of metrics and record as they are now. The record comes last. */
  private writeAll(state: () => Promise<void>): void {
    this.update({ memory: Math.max(this.record.memory ?? 0, memoryHeld()) });
    const { folder, record, metrics } = this;
    this.write(async () => {
      await state();
      await writeMetrics(folder, metrics);
      await writeRecord(folder, record);
    });
  }
}

/** The last values of new rows, for the record. */
const latest = (metrics: Metrics): Partial<RunRecord> => ({
  ...(metrics.loss.length && { loss: metrics.loss.at(-1)! }),
  ...scoresAt(metrics),
});

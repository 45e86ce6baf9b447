import path from 'node:path';
import type { TrainingProgress } from '../../protocol/progress';
import type { RunRecord, TrainTask } from '../../core/runs/record';
import type { Metrics } from '../../core/runs/metrics';
import type { Backend } from '../engine/backend';
import { loadData } from '../data/load';
import { checkUnchanged } from '../data/preparedData';
import { joinMetrics, metricsOf, scoresAt } from '../../core/runs/metrics';
import type { TrainingState, TrainingSnapshot } from '../training/models/trainingState';
import type { Tensors } from '../network/tensors';
import { planTraining, type TrainingPlan } from '../training/plan';
import { memoryHeld, newRecord } from './newRecord';
import { createRun, readRecord, readRunExperiment, readRunMetrics, readTrainingState } from './runFolder';
import { writeCheckpoint, writeMetrics, writeRecord, writeSnapshot } from './runFolder';
import { train, type TrainingReport, type TrainOptions } from '../training/loop';

export interface TrainRunOptions {
  readonly backend: Backend;
  readonly signal?: AbortSignal | undefined;
  /** The run's folder exists and its record says "running". */
  readonly onStarted?: ((record: RunRecord) => void) | undefined;
  /** Who takes the steps, where not this thread alone. */
  readonly start?: TrainOptions['start'];
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
}

/** What a task comes to, from the start or from where a run stopped; an InputError where it cannot be trained. */
export async function planRun(task: TrainTask) {
  const run = task.resume === undefined ? undefined : path.join(task.runs, task.resume);
  const experiment = run ? await readRunExperiment(run) : task.experiment;
  const record = run ? await readRecord(run) : undefined;
  const folder = record?.data.folder ?? task.folder;
  const data = await loadData(experiment, folder);
  if (record) checkUnchanged(record, data);
  return { run, record, folder, plan: planTraining(experiment, data) };
}

/**
 * Trains a task in a run's folder, from the start or from where a run stopped, and answers the record however it
 * ended. An InputError before the folder is made or touched where the experiment or its data cannot be trained.
 */
export async function trainRun(task: TrainTask, options: TrainRunOptions): Promise<RunRecord> {
  const { run, record, folder: source, plan } = await planRun(task);
  const [saved, metrics] = run ? await Promise.all([readTrainingState(run), readRunMetrics(run)]) : [];
  const folder = run ?? (await createRun(task.runs, plan.experiment));
  return new RunSession(folder, { folder: source, group: task.group }, plan, options, metrics, record).train(saved);
}

/** One training's folder: keeps the record, the metrics and the state on disk in step with what happens. */
class RunSession {
  private record: RunRecord;
  private metrics: Metrics;
  /** Writes follow one another, so that an older one never lands on a newer. */
  private writes: Promise<void> = Promise.resolve();
  private readonly secondsBefore: number;
  private readonly begun = performance.now();

  constructor(
    private readonly folder: string,
    { folder: source, group }: Pick<TrainTask, 'folder' | 'group'>,
    private readonly plan: TrainingPlan,
    private readonly options: TrainRunOptions,
    metrics: Metrics | undefined,
    before: RunRecord | undefined,
  ) {
    const { backend } = options;
    this.metrics = metrics ?? metricsOf({});
    this.secondsBefore = before?.seconds ?? 0;
    this.record = newRecord(folder, plan, { backend, source, group, before });
  }

  async train(resume?: TrainingState): Promise<RunRecord> {
    const { plan, options } = this;
    try {
      await writeRecord(this.folder, this.record);
      options.onStarted?.(this.record);
      const outcome = await train(plan, {
        signal: options.signal,
        resume,
        start: options.start,
        onMetrics: (report) => this.report(report),
        onSave: (saved) => this.save(saved),
        onCheckpoint: (step, weights) => this.keep(step, weights),
      });
      const { snapshot, ...rest } = outcome;
      this.update({ ...rest, step: snapshot.step });
      this.save(snapshot);
      await this.writes;
    } catch (error) {
      await this.writes.catch(() => undefined);
      this.update({ state: 'failed', message: error instanceof Error ? error.message : String(error) });
      await writeRecord(this.folder, this.record);
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

  /** Keeps the weights of a step beside those of the end. */
  private keep(step: number, weights: Tensors): void {
    this.writes = this.writes.then(() => writeCheckpoint(this.folder, step, weights));
    this.writes.catch(() => undefined); // reported where it is awaited
    // the record that tells of it is written after it
    const steps = new Set([...(this.record.checkpoints ?? []), step]);
    this.update({ checkpoints: [...steps].sort((a, b) => a - b) });
  }

  private save(saved: TrainingSnapshot): void {
    this.update({ memory: Math.max(this.record.memory ?? 0, memoryHeld()) });
    const { folder, record, metrics } = this;
    this.writes = this.writes.then(async () => {
      await writeSnapshot(folder, saved);
      await writeMetrics(folder, metrics);
      await writeRecord(folder, record);
    });
    this.writes.catch(() => undefined); // reported where it is awaited
  }
}

/** The last values of new rows, for the record. */
const latest = (metrics: Metrics): Partial<RunRecord> => ({
  ...(metrics.loss.length && { loss: metrics.loss.at(-1)! }),
  ...scoresAt(metrics),
});

import path from 'node:path';
import type { Experiment } from '../core/experiment';
import { learnsSchedule } from '../core/learning';
import type { LearnedRecord, Metrics, Progress, RunRecord, TrainTask } from '../protocol/trainer';
import type { Backend } from './backend';
import { checkUnchanged, loadData, type Prepared } from './data';
import { joinMetrics, metricsOf, scoresAt } from '../protocol/metrics';
import { heapMemory } from './engine/heap';
import type { Resume, Saved } from './models';
import { planOf, weightCount, type Plan } from './plan';
import { createRun, readRecord, readRunExperiment, readRunMetrics, readSaved } from './runs';
import { writeMetrics, writeRecord, writeSaved } from './runs';
import { train, type Report } from './train';

export interface SessionOptions {
  readonly backend: Backend;
  readonly signal?: AbortSignal | undefined;
  /** The run's folder exists and its record says "running". */
  readonly onStarted?: ((record: RunRecord) => void) | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Trains a task in a run's folder, from the start or from where a run stopped, and answers the record however it
 * ended. An InputError before the folder is made or touched where the experiment or its data cannot be trained.
 */
export async function runTask(task: TrainTask, options: SessionOptions): Promise<RunRecord> {
  const run = task.resume === undefined ? undefined : path.join(task.runs, task.resume);
  const experiment = run ? await readRunExperiment(run) : task.experiment;
  const before = run ? await Promise.all([readSaved(run), readRunMetrics(run), readRecord(run)]) : undefined;
  const source = before ? before[2].data.folder : task.folder;
  const data = await loadData(experiment, source);
  if (before) checkUnchanged(before[2], data);
  const plan = planOf(experiment, data);
  const folder = run ?? (await createRun(task.runs, experiment));
  const { name } = experiment;
  const session = new Session(folder, { name, group: task.group }, source, plan, options, before?.[1], before?.[2]);
  return session.train(before?.[0]);
}

/** One training's folder: keeps the record, the metrics and the state on disk in step with what happens. */
class Session {
  private record: RunRecord;
  private metrics: Metrics;
  /** Writes follow one another, so that an older one never lands on a newer. */
  private writes: Promise<void> = Promise.resolve();
  private readonly secondsBefore: number;
  private readonly begun = performance.now();

  constructor(
    private readonly folder: string,
    { name, group }: Pick<RunRecord, 'name' | 'group'>,
    source: string,
    private readonly plan: Plan,
    private readonly options: SessionOptions,
    metrics: Metrics | undefined,
    before: RunRecord | undefined,
  ) {
    const { backend } = options;
    const now = new Date().toISOString();
    this.metrics = metrics ?? metricsOf({});
    this.secondsBefore = before?.seconds ?? 0;
    this.record = {
      version: 1,
      id: path.basename(folder),
      name,
      model: plan.kind.id,
      state: 'running',
      step: before?.step ?? 0,
      steps: plan.steps,
      seed: plan.seed,
      ...((before?.group ?? group) && { group: before?.group ?? group }),
      started: before?.started ?? now,
      updated: now,
      seconds: this.secondsBefore,
      process: process.pid,
      versions: { node: process.version, tfjs: backend.version },
      backend: backend.name,
      kernels: [...new Set([...(before?.kernels.split(', ') ?? []), backend.kernels])].join(', '),
      parameters: weightCount(plan.kind.sizes(plan)),
      learned: before?.learned ?? learnedRecord(plan.experiment),
      data: dataRecord(plan.data, source),
    };
  }

  async train(resume?: Resume): Promise<RunRecord> {
    const { plan, options } = this;
    try {
      await writeRecord(this.folder, this.record);
      options.onStarted?.(this.record);
      const outcome = await train(plan, {
        signal: options.signal,
        resume,
        onMetrics: (report) => this.report(report),
        onSave: (saved) => this.save(saved),
      });
      const { saved, ...rest } = outcome;
      this.update({ ...rest, step: saved.step });
      this.save(saved);
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

  private report({ step, stepsPerSecond, metrics, schedule }: Report): void {
    this.metrics = joinMetrics(this.metrics, metrics);
    const { id, steps, learned } = this.record;
    this.update({ step, stepsPerSecond, ...latest(metrics) });
    if (learned && schedule) this.update({ learned: { ...learned, weights: schedule } });
    this.options.onProgress?.({ id, step, steps, stepsPerSecond, metrics, schedule });
  }

  private save(saved: Saved): void {
    this.update({ memory: Math.max(this.record.memory ?? 0, memoryHeld()) });
    const { folder, record, metrics } = this;
    this.writes = this.writes.then(async () => {
      await writeSaved(folder, saved);
      await writeMetrics(folder, metrics);
      await writeRecord(folder, record);
    });
    this.writes.catch(() => undefined); // reported where it is awaited
  }
}

/** Bytes that this thread holds: tfjs' heap, V8's, and arrays outside both. */
function memoryHeld(): number {
  const { heapTotal, external } = process.memoryUsage();
  return heapMemory().buffer.byteLength + heapTotal + external;
}

/** The schedule that is trained with the model, as it begins; undefined where none is. */
function learnedRecord(experiment: Experiment): LearnedRecord | undefined {
  if (!learnsSchedule(experiment)) return undefined;
  const { params, inputs } = experiment.schedules[0]!;
  const weights = inputs.weights as readonly number[];
  return { gammaMin: params.gammaMin!, gammaMax: params.gammaMax!, initial: weights, weights };
}

/** The last values of new rows, for the record. */
const latest = (metrics: Metrics): Partial<RunRecord> => ({
  ...(metrics.loss.length && { loss: metrics.loss.at(-1)! }),
  ...scoresAt(metrics),
});

const dataRecord = (data: Prepared, folder: string): RunRecord['data'] => ({
  ...(data.targets && {
    targets: {
      names: data.targets.names,
      mean: [...data.targetScaling!.mean],
      scale: [...data.targetScaling!.scale],
    },
  }),
  trainRows: data.train.length,
  testRows: data.test.length,
  classes: data.classes,
  features: data.features,
  columns: data.columns,
  mean: [...data.mean],
  scale: [...data.scale],
  min: [...data.min],
  max: [...data.max],
  folder,
});

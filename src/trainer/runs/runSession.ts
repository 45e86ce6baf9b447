import { isOutOfMemory } from '../../core/registry/outOfMemory';
import { messageOf } from '../../core/registry/problem';
import { metricsOf, scoresAt, type Metrics } from '../../core/runs/metrics';
import type { RunRecord } from '../../core/runs/record';
import { memoryText } from '../../protocol/memoryText';
import type { TrainingProgress } from '../../protocol/progress';
import type { Backend } from '../engine/backend';
import { weightsUnder } from '../network/tensors';
import { train, type TrainingOutcome, type TrainingReport, type TrainOptions } from '../training/loop';
import type { TrainingSnapshot, TrainingState } from '../training/models/trainingState';
import { scheduleWeights } from '../training/optimiser/scheduleTensors';
import type { TrainingPlan } from '../training/plan';
import { recordedMetrics, shownMetrics } from '../training/recordedMetrics';
import { systemDisk, type RunDisk } from './disk';
import { memoryHeld } from './newRecord';
import type { RunCommit } from './runCommit';
import { orderedRecord, writeRecord } from './runFiles';
import { RunKeeper } from './runKeeper';
import type { HeldLock } from './runLock';

export interface SessionOptions extends Pick<TrainOptions, 'signal' | 'start' | 'requests'> {
  readonly backend: Backend;
  /** Gets the record once the run is on disk, can be resumed and says "running". */
  readonly onStarted?: ((record: RunRecord) => void) | undefined;
  readonly onProgress?: ((progress: TrainingProgress) => void) | undefined;
  /** What the run's files are written to. */
  readonly disk?: RunDisk | undefined;
}

/** How a training ended, for the record. */
type Ending = Pick<RunRecord, 'state' | 'message'> & Pick<TrainingOutcome, 'bestStep'>;

/** A training in a run's folder, which it has the lock of: keeps the files there up to date, and reports. */
export class RunSession {
  private readonly keeper: RunKeeper;
  private readonly disk: RunDisk;
  private readonly begun = performance.now();
  private readonly end = new AbortController();
  private memory = 0;
  private stepsPerSecond: number | undefined;
  private step: number;
  private saveProblem: string | undefined;
  /** Why the run is no longer this training's. */
  private lost: string | undefined;

  /** `record` is that of the run as it begins; what follows from the training's state is taken from there. */
  constructor(
    private readonly plan: TrainingPlan,
    private readonly options: SessionOptions,
    private readonly lock: HeldLock,
    private readonly record: RunRecord,
  ) {
    this.disk = options.disk ?? systemDisk;
    this.step = record.step;
    this.keeper = new RunKeeper({
      run: lock.run,
      experiment: plan.experiment,
      lock,
      disk: this.disk,
      checkpoints: record.checkpoints ?? [],
      onProblem: (problem) => this.reportSave(problem),
      onLost: (message) => this.lose(message),
    });
  }

  /** Trains to the end, from the start or from a state. Returns the record however it ended; see `trainRun`. */
  async train(resume?: TrainingState): Promise<RunRecord> {
    const { plan, options, keeper, end } = this;
    const stop = () => end.abort();
    options.signal?.addEventListener('abort', stop, { once: true });
    if (options.signal?.aborted) stop();
    try {
      const { snapshot, ...outcome } = await train(plan, {
        signal: end.signal,
        resume,
        start: options.start,
        requests: options.requests,
        onBegin: (saved) => this.begin(saved, resume !== undefined),
        onMetrics: (report) => this.report(report),
        onSave: (saved) => keeper.save(this.commitOf(saved)),
        onCheckpoint: (step, weights) => keeper.checkpoint(step, weights),
      });
      this.stepsPerSecond = outcome.stepsPerSecond;
      const last = this.commitOf(snapshot, this.endingOf(outcome));
      return (await keeper.end(last, end.signal)) ? keeper.kept!.record : this.unsaved(last);
    } catch (error) {
      await keeper.stop();
      if (!keeper.kept) throw error;
      return await this.fail(error);
    } finally {
      options.signal?.removeEventListener('abort', stop);
      await this.lock.release();
    }
  }

  /** Keeps the state before the first step. Only then does anybody hear of the run. */
  private async begin(snapshot: TrainingSnapshot, resumed: boolean): Promise<void> {
    const first = this.commitOf(snapshot);
    await this.keeper.begin(first, resumed);
    this.options.onStarted?.(first.record);
    if (this.saveProblem !== undefined) this.reportSave(this.saveProblem);
  }

  /** A save of a state, with the record that follows from it. */
  private commitOf(snapshot: TrainingSnapshot, ending: Ending = { state: 'running' }): RunCommit {
    const { record, plan } = this;
    const { step, state, weights } = snapshot;
    const { message, bestStep } = ending;
    this.memory = Math.max(this.memory, memoryHeld());
    const schedule = scheduleWeights(weightsUnder(weights));
    return {
      snapshot: { ...snapshot, weights: inOrder(plan, weights) },
      record: orderedRecord({
        ...record,
        state: ending.state,
        message,
        step,
        bestStep,
        ...latest(shownMetrics(step, recordedMetrics(state)!)),
        stepsPerSecond: this.stepsPerSecond,
        updated: new Date().toISOString(),
        seconds: record.seconds + (performance.now() - this.begun) / 1000,
        memory: this.memory,
        ...(record.learned && schedule && { learned: { ...record.learned, weights: Array.from(schedule) } }),
      }),
    };
  }

  private report({ step, stepsPerSecond, metrics, schedule }: TrainingReport): void {
    this.stepsPerSecond = stepsPerSecond;
    this.step = step;
    this.progress(metrics, schedule);
  }

  /** Reports at once that a save failed, or that one has worked again. */
  private reportSave(problem: string | undefined): void {
    this.saveProblem = problem;
    this.progress(metricsOf({}));
  }

  private progress(metrics: Metrics, schedule?: readonly number[]): void {
    const { record, step, stepsPerSecond = 0, saveProblem, keeper } = this;
    const { id, steps } = record;
    const problem = saveProblem === undefined ? {} : { saveProblem, keptStep: keeper.kept?.snapshot.step ?? 0 };
    this.options.onProgress?.({ id, step, steps, stepsPerSecond, metrics, schedule, ...problem });
  }

  private lose(message: string): void {
    this.lost = message;
    this.end.abort();
  }

  /** The record of a training whose end is not on disk: what is there can be resumed. */
  private unsaved(last: RunCommit): RunRecord {
    const kept = this.keeper.kept!;
    const why = this.lost ?? this.saveProblem ?? 'the end could not be saved';
    const message = `${why}; all after step ${kept.snapshot.step} is lost (it had taken ${last.snapshot.step})`;
    return orderedRecord({ ...kept.record, state: 'interrupted', message });
  }

  /** How the training ended. One that was stopped because its process ends is interrupted. */
  private endingOf(outcome: Ending): Ending {
    const reason: unknown = this.options.signal?.reason;
    return outcome.state === 'stopped' && typeof reason === 'string'
      ? { ...outcome, state: 'interrupted', message: reason }
      : outcome;
  }

  /** Writes into the record how the training broke off, and why. The step is that of the last save. */
  private async fail(error: unknown): Promise<RunRecord> {
    const ending: Ending = isOutOfMemory(error)
      ? { state: 'interrupted', message: memoryText(['train'], messageOf(error)) }
      : { state: 'failed', message: messageOf(error) };
    const failed = orderedRecord({ ...this.keeper.kept!.record, ...ending });
    if (this.lost === undefined) await writeRecord(this.lock.run, failed, this.disk).catch(() => undefined);
    return failed;
  }
}

/** Weights in the order of the model's parameters: threads that share the work put them together in other orders. */
function inOrder(plan: TrainingPlan, weights: TrainingSnapshot['weights']): TrainingSnapshot['weights'] {
  const names = Object.keys(plan.kind.parameterShapes(plan)).filter((name) => name in weights);
  return { ...Object.fromEntries(names.map((name) => [name, weights[name]!])), ...weights };
}

/** The last loss and scores of metrics, for the record. */
const latest = (metrics: Metrics): Partial<RunRecord> => ({
  ...(metrics.loss.length && { loss: metrics.loss.at(-1)! }),
  ...scoresAt(metrics),
});

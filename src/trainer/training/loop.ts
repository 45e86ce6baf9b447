import type { Metrics, Scores } from '../../core/runs/metrics';
import { weightsUnder, type Tensors } from '../network/tensors';
import { EarlyStopping } from './earlyStopping';
import { MetricsRecorder } from './metricsRecorder';
import type { TrainingSnapshot, TrainingState } from './models/trainingState';
import { scheduleWeights } from './optimiser/scheduleTensors';
import type { TrainingPlan } from './plan';
import { scoresOf, scoresOfWeights } from './scores';
import { LocalStepRunner, withCurrentSchedule, type StepRunner } from './stepRunner';
import type { WeightsRequests } from './weightsRequests';

/** How far a training is. */
export interface TrainingReport {
  readonly step: number;
  readonly stepsPerSecond: number;
  /** The rows that are new. */
  readonly metrics: Metrics;
  /** The weights of the schedule, where it is trained with the model. */
  readonly schedule?: readonly number[] | undefined;
}

export interface TrainOptions {
  /** Stops the training between two steps. */
  readonly signal?: AbortSignal | undefined;
  /** Gets a report at most 20 times a second, and one at the end. */
  readonly onMetrics?: ((report: TrainingReport) => void) | undefined;
  /** Gets the state before the first step, which waits until this is fulfilled. */
  readonly onBegin?: ((snapshot: TrainingSnapshot) => Promise<void>) | undefined;
  /** Gets the state after evaluations and checkpoints, and every few seconds. That of the end is in the outcome. */
  readonly onSave?: ((snapshot: TrainingSnapshot) => void) | undefined;
  /**
   * Gets the weights that predict at every step of which the plan keeps a checkpoint, before the state of that step is
   * saved. The training waits for a promise.
   */
  readonly onCheckpoint?: ((step: number, weights: Tensors) => void | Promise<void>) | undefined;
  /** Who asks for the weights while it trains. */
  readonly requests?: WeightsRequests | undefined;
  /** The state to resume from. */
  readonly resume?: TrainingState | undefined;
  /** Makes what takes the steps. This thread takes them where nothing is made. */
  readonly start?: ((plan: TrainingPlan, resume?: TrainingState) => StepRunner | undefined) | undefined;
}

/** How a training ended, with the scores over all train and test rows. */
export interface TrainingOutcome extends Scores {
  readonly state: 'done' | 'stopped' | 'diverged';
  readonly message?: string | undefined;
  readonly snapshot: TrainingSnapshot;
  /** The step whose weights predict, where early stopping chose them. */
  readonly bestStep?: number | undefined;
  /** Over the steps alone, without evaluations. */
  readonly stepsPerSecond: number;
  readonly seconds: number;
}

/** The least milliseconds between two reports, and the most between two saved states. */
const [REPORT, SAVE] = [50, 5000];
/** The share of the time that saves may take: those of large models come more seldom, up to so many milliseconds. */
const [SAVE_SHARE, LONGEST_PAUSE] = [0.01, 60_000];
/** How many train and test rows the evaluations before the end use. */
const SAMPLE = 500;

/**
 * Trains a plan to its last step. The event loop gets its turn again and again, so that messages arrive. The same plan
 * gives the same metrics and weights bit for bit, whether it stops on the way or not, and whoever takes the steps.
 */
export async function train(plan: TrainingPlan, options: TrainOptions = {}): Promise<TrainingOutcome> {
  const loop = new TrainingLoop(plan, options);
  try {
    return await loop.run();
  } finally {
    loop.dispose();
  }
}

class TrainingLoop {
  private readonly runner: StepRunner;
  private readonly stopping: EarlyStopping | undefined;
  private readonly recorder: MetricsRecorder;
  private readonly firstStep: number;
  private readonly begun = performance.now();
  private reportedAt = this.begun;
  private savedAt = this.begun;
  /** The most milliseconds to the next save. */
  private savePause = SAVE;
  /** Milliseconds in which no steps were taken. */
  private idle = 0;
  private stoppedEarly = false;

  constructor(
    private readonly plan: TrainingPlan,
    private readonly options: TrainOptions,
  ) {
    const { start, resume } = options;
    this.runner = start?.(plan, resume) ?? new LocalStepRunner(plan, resume);
    this.stopping = plan.validation && new EarlyStopping(plan, plan.validation, resume);
    this.recorder = new MetricsRecorder(plan.metricsInterval, resume?.state);
    this.firstStep = this.runner.step;
  }

  async run(): Promise<TrainingOutcome> {
    const { plan, runner, recorder, stopping } = this;
    await this.options.onBegin?.(await this.snapshot());
    const state = await this.takeSteps();
    const seconds = (performance.now() - this.begun) / 1000;
    const stepsPerSecond = this.stepsPerSecond();
    const best = stopping?.best;
    const scores = best
      ? scoresOfWeights(plan, best.weights)
      : scoresOf(withCurrentSchedule(plan, runner), await runner.model());
    recorder.finish(runner.step, scores);
    const snapshot = await this.snapshot();
    this.report(best ? scheduleWeights(weightsUnder(best.weights)) : runner.schedule);
    const message =
      state === 'diverged'
        ? `the loss stopped being finite at step ${runner.step + 1}: the weights before it are kept; try a lower learning rate`
        : stopping?.message(this.stoppedEarly);
    return { state, message, snapshot, bestStep: best?.step, ...scores, stepsPerSecond, seconds };
  }

  dispose(): void {
    this.runner.dispose();
  }

  private async takeSteps(): Promise<TrainingOutcome['state']> {
    const { plan, runner, recorder } = this;
    while (runner.step < plan.steps && !this.stoppedEarly) {
      if (this.options.signal?.aborted) return 'stopped';
      await this.options.requests?.answer(async () => ({ step: runner.step, weights: await runner.weights() }));
      const before = runner.step;
      const finite = await runner.advance(this.nextHalt(), (step) => recorder.add(step));
      if (!finite) return 'diverged';
      const paused = performance.now();
      // A turn in which a helper left may take no step: what is due at a step is done once.
      if (runner.step > before) await this.halt();
      this.idle += performance.now() - paused;
      if (performance.now() - this.reportedAt > REPORT) this.report(runner.schedule);
    }
    return 'done';
  }

  /** The next step after which there is something to do: an evaluation, a checkpoint or the end. */
  private nextHalt(): number {
    const { steps, evaluationInterval, checkpointInterval } = this.plan;
    const next = (every: number) => every * (Math.floor(this.runner.step / every) + 1);
    return Math.min(steps, next(evaluationInterval), checkpointInterval ? next(checkpointInterval) : Infinity);
  }

  /**
   * Does what is due after the last step, and saves last: a training that is resumed from the saved state has done all
   * of it, or none. Where the training ends here, its end is saved.
   */
  private async halt(): Promise<void> {
    const { plan, runner, options } = this;
    const { step } = runner;
    const last = step === plan.steps;
    const due = (interval: number) => interval > 0 && step % interval === 0;
    if (due(plan.evaluationInterval) || last) await this.evaluate(last);
    if (due(plan.checkpointInterval) && !last) await options.onCheckpoint?.(step, (await runner.save()).weights);
    if (last || this.stoppedEarly) return;
    const silent = performance.now() - this.savedAt > this.savePause;
    if (silent || due(plan.evaluationInterval) || due(plan.checkpointInterval)) await this.save();
  }

  private async evaluate(last: boolean): Promise<void> {
    const { plan, runner, recorder, stopping } = this;
    const current = withCurrentSchedule(plan, runner);
    const model = await runner.model();
    const stop = stopping?.evaluate(current, model, await runner.save()) ?? false;
    this.stoppedEarly = stop && !last;
    if (last || stop) return; // the scores of the end are over all rows
    recorder.evaluate(runner.step, scoresOf(current, model, SAMPLE));
  }

  /** The state after the last step, with all that was measured. */
  private async snapshot(): Promise<TrainingSnapshot> {
    const saved = await this.runner.save();
    const { state, ...rest } = this.stopping?.withBestWeights(saved) ?? saved;
    return { ...rest, state: { ...state, ...this.recorder.state() } };
  }

  /** Reports, so that whoever follows knows all that is on disk, and saves. */
  private async save(): Promise<void> {
    this.report(this.runner.schedule);
    const begun = performance.now();
    this.options.onSave?.(await this.snapshot());
    this.savedAt = performance.now();
    this.savePause = Math.min(LONGEST_PAUSE, Math.max(SAVE, (this.savedAt - begun) / SAVE_SHARE));
  }

  private report(schedule: ArrayLike<number> | undefined): void {
    this.options.onMetrics?.({
      step: this.runner.step,
      stepsPerSecond: this.stepsPerSecond(),
      metrics: this.recorder.take(),
      schedule: schedule && Array.from(schedule),
    });
    this.reportedAt = performance.now();
  }

  private stepsPerSecond(): number {
    const milliseconds = performance.now() - this.begun - this.idle;
    return (1000 * (this.runner.step - this.firstStep)) / Math.max(1e-3, milliseconds);
  }
}

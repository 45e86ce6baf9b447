import type { Metrics, Scores } from '../../core/runs/metrics';
import { EarlyStopping, type BestWeights } from './earlyStopping';
import { scoresOf, scoresOfWeights } from './scores';
import { scheduleWeights } from './optimiser/learnedSchedule';
import { MetricsRecorder } from './metricsRecorder';
import { type TrainingState, type TrainingSnapshot } from './models/trainingState';
import { weightsUnder, type Tensors } from '../network/tensors';
import type { TrainingPlan } from './plan';
import { LocalStepRunner, withCurrentSchedule, type StepRunner } from './stepRunner';

/** What a training says while it runs. */
export interface TrainingReport {
  readonly step: number;
  readonly stepsPerSecond: number;
  readonly metrics: Metrics;
  /** The weights of the schedule, where it is trained with the model. */
  readonly schedule?: readonly number[] | undefined;
}

export interface TrainOptions {
  /** Stops the training between two steps. */
  readonly signal?: AbortSignal | undefined;
  /** Given new rows, at most 20 times a second and once at the end. */
  readonly onMetrics?: ((report: TrainingReport) => void) | undefined;
  /** Given the state whenever it is worth keeping: after evaluations, and every few seconds. */
  readonly onSave?: ((saved: TrainingSnapshot) => void) | undefined;
  /** Given the weights that answer, at every step that the plan keeps a checkpoint of. */
  readonly onCheckpoint?: ((step: number, weights: Tensors) => void) | undefined;
  /** The state to go on from. */
  readonly resume?: TrainingState | undefined;
  /** Who takes the steps; this thread alone where it is left out, or answers nothing. */
  readonly start?: ((plan: TrainingPlan, resume?: TrainingState) => StepRunner | undefined) | undefined;
}

/** How a training ended, with the scores over all train and test rows. */
export interface TrainingOutcome extends Scores {
  readonly state: 'done' | 'stopped' | 'diverged';
  readonly message?: string | undefined;
  readonly snapshot: TrainingSnapshot;
  /** The step whose weights answer, where early stopping chose them. */
  readonly bestStep?: number | undefined;
  /** Over the steps alone, evaluations left out. */
  readonly stepsPerSecond: number;
  readonly seconds: number;
}

/** Milliseconds between reports, and between saved states. */
const [REPORT, SAVE] = [50, 5000];
/** Rows of each part that the evaluations on the way look at. */
const SAMPLE = 500;

/**
 * Trains a plan to its last step. The event loop is given a turn again and again, so that messages arrive. The same plan
 * gives the same metrics and weights bit for bit, with or without a stop on the way, and whoever helps.
 */
export async function train(plan: TrainingPlan, options: TrainOptions = {}): Promise<TrainingOutcome> {
  const { signal, onMetrics, onSave, onCheckpoint, resume, start } = options;
  const runner = start?.(plan, resume) ?? new LocalStepRunner(plan, resume);
  const stopping = plan.validation && new EarlyStopping(plan, plan.validation, resume);
  const recorder = new MetricsRecorder(plan.metricsInterval);
  const begun = performance.now();
  const first = runner.step;
  let [reported, savedAt, idle] = [begun, begun, 0];
  const speed = () => (1000 * (runner.step - first)) / Math.max(1e-3, performance.now() - begun - idle);
  const report = (best?: BestWeights) => {
    const learned = best ? scheduleWeights(weightsUnder(best.weights)) : runner.schedule;
    const schedule = learned && Array.from(learned);
    onMetrics?.({ step: runner.step, stepsPerSecond: speed(), metrics: recorder.take(), schedule });
    reported = performance.now();
  };
  const aside = async (work: () => Promise<void>) => {
    const start = performance.now();
    await work();
    idle += performance.now() - start;
  };
  const state = async () => {
    const saved = await runner.save();
    return stopping?.withBestWeights(saved) ?? saved;
  };
  const save = async () => {
    onSave?.(await state());
    savedAt = performance.now();
  };
  try {
    let [end, early]: [TrainingOutcome['state'], boolean] = ['done', false];
    while (runner.step < plan.steps && !early) {
      if (signal?.aborted) {
        end = 'stopped';
        break;
      }
      if (!(await runner.advance(nextHalt(plan, runner.step), (step) => recorder.add(step)))) {
        end = 'diverged';
        break;
      }
      const { step } = runner;
      const last = step === plan.steps;
      if (step % plan.evaluationInterval === 0 || last)
        await aside(async () => {
          const [now, model] = [withCurrentSchedule(plan, runner), await runner.model()];
          const stop = stopping?.evaluate(now, model, await runner.save()) ?? false;
          early = stop && !last;
          if (last || early) return;
          recorder.evaluate(step, scoresOf(now, model, SAMPLE));
          await save();
        });
      if (plan.checkpointInterval && step % plan.checkpointInterval === 0 && !last)
        await aside(async () => {
          onCheckpoint?.(step, (await runner.save()).weights);
          await save();
        });
      if (performance.now() - savedAt > SAVE) await aside(save);
      if (performance.now() - reported > REPORT) report();
    }
    const seconds = (performance.now() - begun) / 1000;
    const stepsPerSecond = speed();
    recorder.flush(runner.step);
    const { best } = stopping ?? {};
    const scores = best
      ? scoresOfWeights(plan, best.weights)
      : scoresOf(withCurrentSchedule(plan, runner), await runner.model());
    recorder.evaluate(runner.step, scores);
    const saved = await state();
    onSave?.(saved);
    report(best);
    const diverged = `the loss stopped being finite at step ${runner.step + 1}: the weights before it are kept; try a lower learning rate`;
    const message = end === 'diverged' ? diverged : stopping?.message(early);
    return { state: end, message, snapshot: saved, bestStep: best?.step, ...scores, stepsPerSecond, seconds };
  } finally {
    runner.dispose();
  }
}

/** The next step after which there is something to do: an evaluation, a checkpoint or the end. */
function nextHalt({ steps, evaluationInterval, checkpointInterval }: TrainingPlan, step: number): number {
  const next = (every: number) => every * (Math.floor(step / every) + 1);
  return Math.min(steps, next(evaluationInterval), checkpointInterval ? next(checkpointInterval) : Infinity);
}

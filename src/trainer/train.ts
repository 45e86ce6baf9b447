import { setImmediate } from 'node:timers/promises';
import type { Metrics, Scores } from '../protocol/metrics';
import { EarlyStopping, type Best } from './earlyStopping';
import { scoresOf, scoresOfWeights } from './evaluate';
import { scheduleWeights, withWeights } from './learnedSchedule';
import { Recorder } from './metrics';
import { under, type Resume, type Saved, type Tensors } from './models';
import type { Plan } from './plan';

/** What a training says while it runs. */
export interface Report {
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
  readonly onMetrics?: ((report: Report) => void) | undefined;
  /** Given the state whenever it is worth keeping: after evaluations, and every few seconds. */
  readonly onSave?: ((saved: Saved) => void) | undefined;
  /** Given the weights that answer, at every step that the plan keeps a checkpoint of. */
  readonly onCheckpoint?: ((step: number, weights: Tensors) => void) | undefined;
  /** The state to go on from. */
  readonly resume?: Resume | undefined;
}

/** How a training ended, with the scores over all train and test rows. */
export interface Outcome extends Scores {
  readonly state: 'done' | 'stopped' | 'diverged';
  readonly message?: string | undefined;
  readonly saved: Saved;
  /** The step whose weights answer, where early stopping chose them. */
  readonly bestStep?: number | undefined;
  /** Over the steps alone, evaluations left out. */
  readonly stepsPerSecond: number;
  readonly seconds: number;
}

/** Milliseconds between reports, between looks at the event loop, and between saved states. */
const [REPORT, BREATH, SAVE] = [50, 20, 5000];
/** Rows of each part that the evaluations on the way look at. */
const SAMPLE = 500;

/**
 * Trains a plan to its last step. The event loop is given a turn every 20 ms, so that messages arrive. The same plan
 * gives the same metrics and weights bit for bit, with or without a stop on the way.
 */
export async function train(plan: Plan, options: TrainOptions = {}): Promise<Outcome> {
  const { signal, onMetrics, onSave, onCheckpoint } = options;
  const training = plan.kind.training(plan, { saved: options.resume });
  const stopping = plan.validation && new EarlyStopping(plan, plan.validation, options.resume);
  const recorder = new Recorder(plan.interval);
  const begun = performance.now();
  const first = training.step;
  let [reported, breathed, savedAt, idle] = [begun, begun, begun, 0];
  const speed = () => (1000 * (training.step - first)) / Math.max(1e-3, performance.now() - begun - idle);
  const report = (best?: Best) => {
    const learned = best ? scheduleWeights(under(best.weights, '')) : training.schedule;
    const schedule = learned && Array.from(learned);
    onMetrics?.({ step: training.step, stepsPerSecond: speed(), metrics: recorder.take(), schedule });
    reported = performance.now();
  };
  /** The plan with the schedule as it is now: states are carried by that. */
  const now = (): Plan => {
    const { schedule } = training;
    return schedule ? { ...plan, sampler: plan.kind.sampler(withWeights(plan.experiment, schedule)) } : plan;
  };
  const aside = (work: () => void) => {
    const start = performance.now();
    work();
    idle += performance.now() - start;
  };
  const state = () => stopping?.over(training.save()) ?? training.save();
  const save = () => {
    onSave?.(state());
    savedAt = performance.now();
  };
  try {
    let [end, early]: [Outcome['state'], boolean] = ['done', false];
    while (training.step < plan.steps && !early) {
      if (signal?.aborted) {
        end = 'stopped';
        break;
      }
      if (!training.next()) {
        end = 'diverged';
        break;
      }
      recorder.add(training);
      const last = training.step === plan.steps;
      if (training.step % plan.evaluateEvery === 0 || last)
        aside(() => {
          early = (stopping?.look(now(), training) ?? false) && !last;
          if (last || early) return;
          recorder.evaluate(training.step, scoresOf(now(), training.model, SAMPLE));
          save();
        });
      if (plan.checkpoints && training.step % plan.checkpoints === 0 && !last)
        aside(() => {
          onCheckpoint?.(training.step, training.save().weights);
          save();
        });
      if (performance.now() - breathed < BREATH) continue;
      if (performance.now() - savedAt > SAVE) aside(save);
      if (performance.now() - reported > REPORT) report();
      await setImmediate();
      breathed = performance.now();
    }
    const seconds = (performance.now() - begun) / 1000;
    const stepsPerSecond = speed();
    recorder.flush(training.step);
    const { best } = stopping ?? {};
    const scores = best ? scoresOfWeights(plan, best.weights) : scoresOf(now(), training.model);
    recorder.evaluate(training.step, scores);
    save();
    report(best);
    const diverged = `the loss stopped being finite at step ${training.step + 1}: the weights before it are kept; try a lower learning rate`;
    const message = end === 'diverged' ? diverged : stopping?.message(early);
    return { state: end, message, saved: state(), bestStep: best?.step, ...scores, stepsPerSecond, seconds };
  } finally {
    training.dispose();
  }
}

import { setImmediate } from 'node:timers/promises';
import type { Metrics, Scores } from '../protocol/metrics';
import { scoresOf } from './evaluate';
import { withWeights } from './learnedSchedule';
import { Recorder } from './metrics';
import type { Resume, Saved } from './models';
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
  /** The state to go on from. */
  readonly resume?: Resume | undefined;
}

/** How a training ended, with the scores over all train and test rows. */
export interface Outcome extends Scores {
  readonly state: 'done' | 'stopped' | 'diverged';
  readonly message?: string | undefined;
  readonly saved: Saved;
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
  const { signal, onMetrics, onSave } = options;
  const training = plan.kind.training(plan, { saved: options.resume });
  const recorder = new Recorder(plan.interval);
  const begun = performance.now();
  const first = training.step;
  let [reported, breathed, savedAt, idle] = [begun, begun, begun, 0];
  const speed = () => (1000 * (training.step - first)) / Math.max(1e-3, performance.now() - begun - idle);
  const report = () => {
    const schedule = training.schedule && Array.from(training.schedule);
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
  const save = () => {
    onSave?.(training.save());
    savedAt = performance.now();
  };
  try {
    let state: Outcome['state'] = 'done';
    while (training.step < plan.steps) {
      if (signal?.aborted) {
        state = 'stopped';
        break;
      }
      if (!training.next()) {
        state = 'diverged';
        break;
      }
      recorder.add(training);
      if (training.step % plan.evaluateEvery === 0 && training.step < plan.steps)
        aside(() => {
          recorder.evaluate(training.step, scoresOf(now(), training.model, SAMPLE));
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
    const scores = scoresOf(now(), training.model);
    recorder.evaluate(training.step, scores);
    save();
    report();
    const message =
      state === 'diverged'
        ? `the loss stopped being finite at step ${training.step + 1}: the weights before it are kept; try a lower learning rate`
        : undefined;
    const saved = training.save();
    return { state, message, saved, ...scores, stepsPerSecond, seconds };
  } finally {
    training.dispose();
  }
}

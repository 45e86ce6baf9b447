import { setImmediate } from 'node:timers/promises';
import { withScheduleWeights } from './optimiser/learnedSchedule';
import type { TrainingStep } from './metricsRecorder';
import type { ModelTraining } from './models/modelTraining';
import type { TrainingState, TrainingSnapshot } from './models/trainingState';
import type { Model } from '../sampling/model';
import type { TrainingPlan } from './plan';

/** Takes the steps of a plan, here or with others' help. Dispose it. */
export interface StepRunner {
  /** Steps taken. */
  readonly step: number;
  /** The weights of the schedule that goes with what answers, where it is trained with the model. */
  readonly schedule?: Float64Array | undefined;
  /**
   * Takes steps, up to one but no longer than some milliseconds, and tells each. Then the event loop has had a turn, for
   * messages to arrive. False where a loss or gradient was not finite: that step is not counted.
   */
  advance(to: number, each: (step: TrainingStep) => void): Promise<boolean>;
  /** The state after the last step. */
  save(): Promise<TrainingSnapshot>;
  /** What answers after the last step; the runner's own, good until it goes on. */
  model(): Promise<Model>;
  dispose(): void;
}

/** Milliseconds for which steps are taken before the event loop has a turn. */
const TURN = 20;

/** Takes a training's steps as `Runner.advance` does, but without a turn for the event loop. */
export function takeSteps(training: ModelTraining, to: number, each: (step: TrainingStep) => void): boolean {
  const begun = performance.now();
  while (training.step < to) {
    if (!training.next()) return false;
    each(training);
    if (performance.now() - begun > TURN) break;
  }
  return true;
}

/** Takes all steps in this thread. */
export class LocalStepRunner implements StepRunner {
  private readonly training: ModelTraining;

  constructor(plan: TrainingPlan, saved?: TrainingState) {
    this.training = plan.kind.training(plan, { resume: saved });
  }

  get step(): number {
    return this.training.step;
  }
  get schedule(): Float64Array | undefined {
    return this.training.schedule;
  }

  async advance(to: number, each: (step: TrainingStep) => void): Promise<boolean> {
    const finite = takeSteps(this.training, to, each);
    await setImmediate();
    return finite;
  }

  save = (): Promise<TrainingSnapshot> => Promise.resolve(this.training.save());
  model = (): Promise<Model> => Promise.resolve(this.training.model);
  dispose = (): void => this.training.dispose();
}

/** A plan whose states are carried by the schedule as it is now, where it is trained with the model. */
export const withCurrentSchedule = (plan: TrainingPlan, { schedule }: Pick<StepRunner, 'schedule'>): TrainingPlan =>
  schedule ? { ...plan, sampler: plan.kind.sampler(withScheduleWeights(plan.experiment, schedule)) } : plan;

import { setImmediate } from 'node:timers/promises';
import type { Model } from '../sampling/model';
import type { Tensors } from '../network/tensors';
import type { TrainingStep } from './metricsRecorder';
import type { ModelTraining } from './models/modelTraining';
import type { TrainingSnapshot, TrainingState } from './models/trainingState';
import { withScheduleWeights } from './optimiser/scheduleTensors';
import type { TrainingPlan } from './plan';

/** Takes the steps of a plan, in this thread or in several. Dispose it. */
export interface StepRunner {
  /** Steps taken. */
  readonly step: number;
  /** The weights of the schedule that the model predicts with, where it is trained with the model. */
  readonly schedule?: Float64Array | undefined;
  /**
   * Takes steps up to step `to`, but only for some milliseconds, and calls `each` for every one. Then the event loop has
   * had a turn, so that messages arrive. False where a loss or gradient was not finite: that step does not count.
   */
  advance(to: number, each: (step: TrainingStep) => void): Promise<boolean>;
  /** The state after the last step. */
  save(): Promise<TrainingSnapshot>;
  /** A copy of the weights that predict after the last step. */
  weights(): Promise<Tensors>;
  /** The model after the last step. It belongs to the runner and is valid until the next step. */
  model(): Promise<Model>;
  dispose(): void;
}

/** Milliseconds for which steps are taken before the event loop has a turn. */
const TURN = 20;

/** Takes a training's steps as `StepRunner.advance` does, but without a turn for the event loop. */
export function takeSteps(training: ModelTraining, to: number, each: (step: TrainingStep) => void): boolean {
  const begun = performance.now();
  while (training.step < to && performance.now() - begun <= TURN) {
    if (!training.next()) return false;
    each(training);
  }
  return true;
}

/** Takes all steps in this thread. */
export class LocalStepRunner implements StepRunner {
  private readonly training: ModelTraining;

  constructor(plan: TrainingPlan, resume?: TrainingState) {
    this.training = plan.kind.training(plan, { resume });
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

  save(): Promise<TrainingSnapshot> {
    return Promise.resolve(this.training.save());
  }

  weights(): Promise<Tensors> {
    return Promise.resolve(this.training.weights());
  }

  model(): Promise<Model> {
    return Promise.resolve(this.training.model);
  }

  dispose(): void {
    this.training.dispose();
  }
}

/** The plan with the sampler of the schedule as it is now, where the schedule is trained with the model. */
export const withCurrentSchedule = (plan: TrainingPlan, { schedule }: Pick<StepRunner, 'schedule'>): TrainingPlan =>
  schedule ? { ...plan, sampler: plan.kind.sampler(withScheduleWeights(plan.experiment, schedule)) } : plan;

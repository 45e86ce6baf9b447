import { createInterface } from 'node:readline';
import { experimentSchema } from '../../src/core/experiment/experiment';
import { Random } from '../../src/core/math/random';
import { startBackend } from '../../src/trainer/engine/backend';
import { prepareData } from '../../src/trainer/data/preparedData';
import { examplesOf, sampleEvenly } from '../../src/trainer/data/examples';
import { MetricsRecorder } from '../../src/trainer/training/metricsRecorder';
import { planTraining, type TrainingPlan } from '../../src/trainer/training/plan';
import { simulate } from '../../src/trainer/sampling/simulate';

/** The networks that are measured: [z, x, 16 time features] -> hidden -> hidden -> classes, on so many rows. */
export const sizes = {
  S1: { features: 2, classes: 2, hidden: 64, rows: 2000 },
  S2: { features: 64, classes: 10, hidden: 128, rows: 1797 },
  S3: { features: 784, classes: 10, hidden: 256, rows: 6000 },
} as const;

export type Size = keyof typeof sizes;

/** Trajectories of the sampling, and its steps of RK4. */
export const [PATHS, STEPS] = [1000, 40];

/** One thing to measure, a line of words. */
export type Task = readonly [
  what: 'train' | 'sample' | 'memory',
  size: Size,
  activation: string,
  seconds: number,
  /** What to divide by: the time that passed, or that a processor spent on it, which others on the machine disturb less. */
  clock: 'wall' | 'cpu',
];

/** Milliseconds by a clock. */
function now(clock: Task[4]): number {
  if (clock === 'wall') return performance.now();
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What a run of an experiment would be given. */
function planFor(size: Size, activation: string): TrainingPlan {
  const { features, classes, hidden, rows } = sizes[size];
  const random = Random.stream(1, 'data');
  const data = {
    x: Float64Array.from({ length: rows * features }, () => random.uniform()),
    labels: Int32Array.from({ length: rows }, (_, i) => i % classes),
    classes: Array.from({ length: classes }, (_, i) => String(i)),
    features: Array.from({ length: features }, (_, i) => `x${i}`),
  };
  const experiment = experimentSchema.parse({
    version: 1,
    schedules: [{ id: 'linear-gamma' }],
    model: { hidden: [hidden, hidden], activation, timeFeatures: 16 },
    training: { batch: 128, steps: 100_000, learningRate: 0.001, weightCap: 20 },
    integrator: { id: 'rk4', steps: STEPS },
  });
  return planTraining(experiment, prepareData(data, 0.2, 1));
}

/** Steps a second of a training as a run takes them: batches, gradients, optimiser and metrics. */
function train(plan: TrainingPlan, seconds: number, clock: Task[4]): number {
  const training = plan.kind.training(plan);
  const recorder = new MetricsRecorder(plan.metricsInterval);
  const steps = (count: number) => {
    for (let i = 0; i < count; i++) {
      if (!training.next()) throw new Error('the loss stopped being finite');
      recorder.add(training);
    }
  };
  steps(30);
  const first = training.step;
  const [begun, busy] = [performance.now(), now(clock)];
  while (performance.now() - begun < 1000 * seconds) steps(5);
  const speed = (1000 * (training.step - first)) / (now(clock) - busy);
  training.dispose();
  return speed;
}

/** Milliseconds of carrying all paths from noise to data. */
function sample(plan: TrainingPlan, clock: Task[4]): number {
  const training = plan.kind.training(plan);
  const rows = sampleEvenly(examplesOf(plan.data, plan.data.train), PATHS);
  const begun = now(clock);
  simulate(training.model, plan.sampler, rows);
  const took = now(clock) - begun;
  training.dispose();
  return took;
}

/** The most megabytes that this process had, after training and sampling at a size. */
function peak(plan: TrainingPlan, seconds: number): number {
  train(plan, seconds, 'wall');
  sample(plan, 'wall');
  return process.resourceUsage().maxRSS / 1024;
}

/** Answers tasks, a line of JSON each, by a number a line. */
export async function serve(relaxed: boolean): Promise<void> {
  await startBackend('dist', { relaxed });
  const plans = new Map<string, TrainingPlan>();
  for await (const line of createInterface(process.stdin)) {
    const [what, size, activation, seconds, clock] = JSON.parse(line) as Task;
    const key = `${size} ${activation}`;
    const plan = plans.get(key) ?? planFor(size, activation);
    plans.set(key, plan);
    const work = {
      train: () => train(plan, seconds, clock),
      sample: () => sample(plan, clock),
      memory: () => peak(plan, seconds),
    };
    process.stdout.write(`${work[what]()}\n`);
  }
}

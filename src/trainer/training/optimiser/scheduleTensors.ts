import type { Experiment } from '../../../core/experiment/experiment';
import { learnsSchedule } from '../../../core/experiment/learnedSchedule';
import type { ScheduleEntry } from '../../../core/schedules/entrySchema';
import type { Shapes, Tensors } from '../../network/tensors';

/** The names of a learned schedule's tensors in a run's files: raw weights, those before, Adam's moments, mean objective, EMA. */
export const scheduleNames = {
  weights: 'schedule.weights',
  previous: 'schedule.previous',
  firstMoment: 'schedule.first',
  secondMoment: 'schedule.second',
  meanObjective: 'schedule.scale',
  ema: 'schedule.average',
} as const;

/** The values of one of a learned schedule's tensors; undefined where the state has none. */
export const scheduleValues = (state: Tensors, key: keyof typeof scheduleNames): Float64Array | undefined =>
  state[scheduleNames[key]]?.values as Float64Array | undefined;

/** The shapes of the parameters of an experiment's schedule, where it is trained with the model. */
export const scheduleShapes = (experiment: Experiment): Shapes =>
  learnsSchedule(experiment)
    ? { [scheduleNames.weights]: [(experiment.schedules[0]!.inputs.weights as readonly number[]).length] }
    : {};

/** The weights of the schedule among a run's parameters; undefined where it was not trained. */
export const scheduleWeights = (parameters: Readonly<Record<string, ArrayLike<number>>>) =>
  parameters[scheduleNames.weights];

/** The experiment with these weights of its first schedule; unchanged where there are none. */
export function withScheduleWeights(experiment: Experiment, weights: ArrayLike<number> | undefined): Experiment {
  if (!weights) return experiment;
  const [first, ...rest] = experiment.schedules as readonly [ScheduleEntry, ...ScheduleEntry[]];
  const inputs = { ...first.inputs, weights: Array.from(weights) };
  return { ...experiment, schedules: [{ ...first, inputs }, ...rest] };
}

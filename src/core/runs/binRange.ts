import type { Experiment } from '../experiment/experiment';
import { experimentWindow } from '../experiment/experimentFlow';
import { entrySchedule } from '../schedules/entry';

/** Flow matching has no schedule: its bins of log-SNR reach from minus this to this, which is from t = .05 to .95. */
export const FLOW_REACH = 6;

/**
 * The ends of the bins of log-SNR in which a run's errors are measured, in nat: what the window leaves of the schedule.
 * Undefined for a model that knows no log-SNR; an InputError where nothing is in the window.
 */
export function binRange(experiment: Pick<Experiment, 'model' | 'schedules' | 'window'>): [number, number] | undefined {
  if (experiment.model.id === 'backprop') return undefined;
  if (experiment.model.id === 'fm') return [-FLOW_REACH, FLOW_REACH];
  const { logSnr } = entrySchedule(experiment.schedules[0]!);
  const { start, end } = experimentWindow(experiment);
  return [logSnr(start), logSnr(end)];
}

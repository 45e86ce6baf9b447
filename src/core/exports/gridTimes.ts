import { entryDynamics } from '../dynamics/entry';
import type { Experiment } from '../experiment/experiment';
import { experimentWindow } from '../experiment/experimentFlow';
import { entryGrid } from '../grids/entry';
import { entrySchedule } from '../schedules/entry';

/** The times of an experiment's steps, ascending, over the window of its first schedule. An InputError where it has none. */
export function gridTimes(experiment: Experiment): Float64Array {
  const { grid, integrator, dynamics, schedules } = experiment;
  const place = {
    schedule: entrySchedule(schedules[0]!),
    window: experimentWindow(experiment),
    clock: entryDynamics(dynamics).clock,
  };
  return entryGrid(grid).times(place, integrator.steps);
}

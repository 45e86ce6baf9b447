import { uniform } from '../sampling';
import { timeOf } from '../window';
import type { Grid } from './grid';

export const uniformGamma: Grid = {
  id: 'uniform-gamma',
  title: 'Uniform in γ',
  summary: 'Steps of equal log-SNR.',
  times(schedule, window, steps) {
    const times = uniform(schedule.logSnr(window.start), schedule.logSnr(window.end), steps + 1).map((logSnr) =>
      timeOf(schedule, logSnr, window),
    );
    times[0] = window.start;
    times[steps] = window.end;
    return times;
  },
};

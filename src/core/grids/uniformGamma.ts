import { timeOf } from '../schedules/window';
import { defineGrid, spread } from './grid';

export const uniformGamma = defineGrid({
  id: 'uniform-gamma',
  title: 'Uniform in γ',
  summary: 'Steps of equal log-SNR.',
  source: 'Lu et al., DPM-Solver, arXiv 2206.00927, section 3',
  parameters: {},
  create: () => ({
    id: 'uniform-gamma',
    times({ schedule, window }, steps) {
      const [from, to] = [schedule.logSnr(window.start), schedule.logSnr(window.end)];
      return spread(window, steps, (share) => timeOf(schedule, from + (to - from) * share, window));
    },
  }),
});

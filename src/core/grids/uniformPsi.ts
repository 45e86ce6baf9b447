import { InputError } from '../registry/problem';
import { timeOf } from '../schedules/window';
import { defineGrid, spread } from './grid';

export const uniformPsi = defineGrid({
  id: 'uniform-psi',
  title: 'Uniform in ψ',
  summary:
    'Steps of equal time by the clock of the dynamics: SNR for the forward process, so nearly all of them near the data.',
  source: 'Beck, NoProp Forward Process, 2025; Montanari, arXiv 2305.10690',
  parameters: {},
  create: () => ({
    id: 'uniform-psi',
    times({ schedule, window, clock }, steps) {
      if (!clock)
        throw new InputError('the grid uniform-psi needs a clock, and the dynamics has none: choose another grid');
      // In logarithms, as psi overflows: psi / psi2 goes from the ratio of both ends to 1.
      const end = clock.logPsi(schedule.logSnr(window.end));
      const ratio = Math.exp(clock.logPsi(schedule.logSnr(window.start)) - end);
      const logPsi = {
        logSnr: (t: number) => clock.logPsi(schedule.logSnr(t)),
        // d psi = A phi d gamma.
        logSnrRate: (t: number) => {
          const logSnr = schedule.logSnr(t);
          return schedule.logSnrRate(t) * clock.pull(logSnr) * Math.exp(clock.logPhi(logSnr) - clock.logPsi(logSnr));
        },
      };
      return spread(window, steps, (share) => timeOf(logPsi, end + Math.log(ratio + (1 - ratio) * share), window));
    },
  }),
});

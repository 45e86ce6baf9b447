import { timeOf } from '../schedules/window';
import { defineGrid, spread } from './grid';

export const karras = defineGrid({
  id: 'karras',
  title: 'Karras',
  summary:
    'Steps of equal σ^(1/ρ), σ = exp(−γ/2) being noise over signal: the larger ρ, the nearer to steps of equal log-SNR.',
  source: 'Karras et al., arXiv 2206.00364, eq. 5',
  parameters: {
    rho: {
      title: 'Power',
      symbol: 'ρ',
      summary: 'root of the noise in which steps are equal',
      default: 7,
      min: 0.1,
      max: 100,
      slider: [1, 20],
      unit: '1',
    },
  },
  create: ({ rho }) => ({
    id: 'karras',
    times({ schedule, window }, steps) {
      const root = (t: number) => Math.exp(-schedule.logSnr(t) / 2 / rho);
      const [from, to] = [root(window.start), root(window.end)];
      return spread(window, steps, (share) =>
        timeOf(schedule, -2 * rho * Math.log(from + (to - from) * share), window),
      );
    },
  }),
});

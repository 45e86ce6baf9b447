import { sigmoid } from '../math/stable';
import { timeOf } from '../schedules/window';
import { defineGrid, within } from './grid';
import { rows } from './tables';

export const flowTerminal = defineGrid({
  id: 'flow-terminal',
  title: 'Flow, to a last share of noise',
  summary:
    'Steps evenly in t, stretched so that the last one begins at a given share of noise; it removes all of that.',
  source: 'Lightricks, LTX-Video, arXiv 2501.00103; diffusers, shift_terminal',
  parameters: {
    rows: { ...rows, summary: 'timesteps of the training: before the stretch the last step begins at t = 1 − 1/N' },
    terminal: {
      symbol: 'σ₁',
      summary: 'share of noise σ = 1/(1 + exp(γ/2)) at which the last step begins',
      default: 0.1,
      min: 0,
      max: 1,
      open: 'both',
      slider: [0.01, 0.5],
      unit: '1',
    },
  },
  create: ({ rows: count, terminal }) => ({
    id: 'flow-terminal',
    times({ schedule, window }, steps) {
      // of one step there is nothing to stretch: it begins at the start
      const reach = steps > 1 ? (1 - 1 / count) / (steps - 1) : 0;
      const signal = (k: number) => sigmoid(schedule.logSnr(k * reach) / 2);
      const last = signal(steps - 1);
      const times: number[] = [];
      for (let k = 1; k < steps; k++) {
        const share = (signal(k) / last) * (1 - terminal);
        const t = timeOf(schedule, 2 * (Math.log(share) - Math.log1p(-share)), window);
        if (t > (times.at(-1) ?? window.start)) times.push(t);
      }
      return within(window, times);
    },
  }),
});

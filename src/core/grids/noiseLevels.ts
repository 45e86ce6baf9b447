import { sigmoid } from '../math/stable';
import type { Parameter, Values } from '../registry/parameters';
import { timeOf } from '../schedules/window';
import { within, type Grid } from './grid';

const level = { default: 0, min: 0, max: 1e6, unit: '1' } as const;

/** The ends of a list of noise levels, and what the levels are. */
export const levelEnds = {
  sigmaMin: {
    ...level,
    symbol: 'σ₁',
    summary: 'the least level; 0 for that of the least noisy row of the table, or of the end of the window',
    slider: [0, 0.1],
  },
  sigmaMax: {
    ...level,
    symbol: 'σ₀',
    summary: 'the largest level; 0 for that of the start of the window. The first step begins at that start',
    slider: [0, 100],
  },
  flow: {
    symbol: 'f',
    summary:
      '0 where a level is noise over signal, exp(−γ/2); 1 where it is the share of noise of a flow, 1/(1 + exp(γ/2))',
    default: 0,
    min: 0,
    max: 1,
    integer: true,
    slider: [0, 1],
    unit: '1',
  },
} as const satisfies Record<string, Parameter>;

/**
 * Steps that begin at N noise levels, from the largest to the least, and end at the window's end. `at` gives the level
 * at a share (0 to 1) of the way between two. Where the least level is that of the window's end, the N steps run from
 * level to level.
 */
export const levelGrid = (
  id: string,
  { sigmaMin, sigmaMax, flow }: Values<typeof levelEnds>,
  at: (share: number, from: number, to: number) => number,
): Grid => ({
  id,
  times({ schedule, window }, steps) {
    const data = Math.min(schedule.dataEnd ?? 1, window.end);
    const levelAt = (t: number) => (flow ? sigmoid(-schedule.logSnr(t) / 2) : Math.exp(-schedule.logSnr(t) / 2));
    const logSnrOf = (sigma: number) => 2 * ((flow ? Math.log1p(-sigma) : 0) - Math.log(sigma));
    const timeAt = (sigma: number) => timeOf(schedule, logSnrOf(sigma), window);
    const from = sigmaMax || levelAt(window.start);
    const to = sigmaMin || levelAt(data);
    const last = sigmaMin ? timeAt(to) : data;
    const gaps = last < window.end ? steps - 1 : steps;
    const times: number[] = [];
    for (let k = 1; k <= Math.min(gaps, steps - 1); k++) {
      const t = k === gaps ? last : timeAt(at(k / gaps, from, to));
      if (t > (times.at(-1) ?? window.start)) times.push(t);
    }
    return within(window, times);
  },
});

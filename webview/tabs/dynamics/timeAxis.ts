import { normalisedClock, type NormalisedClock } from '../../../src/core/dynamics';
import { entryDynamics, type DynamicsEntry } from '../../../src/core/dynamics/entry';
import { formatNumber } from '../../../src/core/text/format';
import type { DynamicsPaths } from '../../../src/core/dynamics/paths';
import type { AxisSpec } from '../../plot/axis';
import type { Range } from '../../plot/range';
import { noiseAxes, type NoiseAxisId } from '../../plot/noiseAxis';

export type ClockId = NoiseAxisId | 'own';

/** The view that all plots of the dynamics share. */
export const TIME = 'time';

/** The x axis of the plots of the dynamics: how far a path has come, by one of several clocks. */
export interface TimeAxis {
  readonly id: ClockId;
  readonly symbol: string;
  /** What it is, and what to see on it. */
  readonly sentence: string;
  /** Under the plots. */
  readonly title: string;
  /** Whether positions are decimal logarithms. */
  readonly powers: boolean;
  /** Its ends, and those of the window. */
  readonly full: Range;
  readonly inside: Range;
  readonly of: (t: number, logSnr: number) => number;
  readonly text: (x: number) => string;
}

const SENTENCES: Readonly<Record<NoiseAxisId, string>> = {
  t: 'Time, from noise at 0 to data at 1',
  logSnr: 'Log-SNR, from noise to data: the speed of the schedule drops out',
  snr: 'SNR by decades: paths of constant u bend here still, for they are straight in the SNR and not in its logarithm',
};

/** An x axis as a plot has it. */
export const xAxisOf = ({ title, symbol, powers, full, text }: TimeAxis): AxisSpec => ({
  title,
  symbol,
  powers,
  range: full,
  text,
});

/** The clock of one dynamics over the window of the paths; undefined where it has none. */
export function courseOf(entry: DynamicsEntry, { logSnr }: DynamicsPaths): NormalisedClock | undefined {
  const { clock } = entryDynamics(entry);
  return clock && normalisedClock(clock, logSnr[0]!, logSnr.at(-1)!);
}

/** Every x axis a plot can have; its own clock last, where the chosen dynamics has one. */
export function timeAxes(paths: DynamicsPaths): TimeAxis[] {
  const { times, logSnr, rows } = paths;
  const plain = noiseAxes.map((axis): TimeAxis => {
    const inside = [axis.of(times[0]!, logSnr[0]!), axis.of(times.at(-1)!, logSnr.at(-1)!)] as const;
    return {
      id: axis.id,
      symbol: axis.symbol,
      sentence: SENTENCES[axis.id],
      title: axis.symbol,
      powers: axis.id === 'snr',
      full: axis.id === 't' ? [0, 1] : inside,
      inside,
      of: (t, level) => axis.of(t, level),
      text: (x) => axis.text(x),
    };
  });
  const { entry } = rows[0]!;
  const course = courseOf(entry, paths);
  if (!course) return plain;
  const { psi } = entryDynamics(entry).clock!;
  const own: TimeAxis = {
    id: 'own',
    symbol: 'ψ',
    sentence:
      'Own clock ψ of each dynamics as a share of what passes on it. Upward is φz in the same unit, so that the slope of a path is the u it follows, and constant u is a straight line',
    title: `ψ = ${psi}, as a share of its range`,
    powers: false,
    full: [0, 1],
    inside: [0, 1],
    of: (_, level) => course.elapsed(level),
    text: (x) => formatNumber(x),
  };
  return [...plain, own];
}

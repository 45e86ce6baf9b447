import { dynamicsLabel, entryDynamics } from '../dynamics/entry';
import { formatNumber } from '../text/format';
import type { Moments } from '../process/moments';
import type { DynamicsRow } from '../dynamics/paths';
import type { CleanLaw } from './cleanLaw';

/** The share of the true variance that paths may lose before that counts as a collapse. */
const LOSS = 0.1;

/** The variance beyond which paths count as diverged: a million times that of the noise. */
const DIVERGED = 1e6;

/** Which dynamics diverge, and where. */
export const divergenceNotes = (rows: readonly DynamicsRow[], times: Float64Array, steps: number): string[] =>
  rows.flatMap(({ entry, variance }) => {
    const at = variance.findIndex((value) => !(value < DIVERGED));
    if (at < 0) return [];
    const from = formatNumber(times[at]!);
    return [`${dynamicsLabel(entry)} diverges at t = ${from}: take more than ${steps} steps, or another method.`];
  });

/** Which dynamics, run without their noise, do not end in the law of the data, and whether that matters. */
export function collapseNotes(rows: readonly DynamicsRow[], truth: Moments, { variance: data }: CleanLaw): string[] {
  if (!data) return [];
  const [mean, variance] = [truth.mean.at(-1)!, truth.variance.at(-1)!];
  // A mean that is tiny beside the standard deviation is shown as 0.
  const shown = (value: number) => formatNumber(Math.abs(value) < 1e-6 * Math.sqrt(variance) ? 0 : value);
  return rows.flatMap((row) => {
    const { noise } = entryDynamics(row.entry);
    const [middle, width] = [row.mean.at(-1)!, row.variance.at(-1)!];
    if (!noise || row.entry.noise || !(width < (1 - LOSS) * variance)) return [];
    return [
      `${dynamicsLabel(row.entry)} without its noise does not keep the law of the data: its mean ends at ` +
        `${shown(middle)} (true ${shown(mean)}), its variance at ${shown(width)} (true ${shown(variance)}). Harmless ` +
        'where x decides the label, for given x the data are one point; as a generator it needs its noise, or the ' +
        'probability flow in its place.',
    ];
  });
}

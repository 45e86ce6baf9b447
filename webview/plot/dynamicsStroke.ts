import { dynamicsFamily, dynamicsIds } from '../../src/core/dynamics';
import { dynamicsLabel, type DynamicsEntry } from '../../src/core/dynamics/entry';
import type { Stroke, Theme } from './theme';

/** One dash a dynamics, in the registry's order, so that they stay apart without colour. */
const DASHES: readonly (readonly number[])[] = [
  [],
  [7, 3],
  [3, 3],
  [9, 3, 2, 3],
  [12, 3],
  [5, 2, 1, 2],
  [10, 3, 2, 3, 2, 3],
  [16, 4],
];

/** The dash of a dynamics with its noise, whichever it is. */
const NOISY = [1, 2.5];

/** How a dynamics is drawn, in every picture. */
export function dynamicsStroke(theme: Theme, { id, noise }: Pick<DynamicsEntry, 'id' | 'noise'>): Stroke {
  const index = dynamicsIds.indexOf(id);
  const colors = [...theme.series, ...theme.more];
  return { color: colors[index % colors.length]!, dash: noise ? NOISY : DASHES[index % DASHES.length]! };
}

/** What it is called, with its number in the note. */
export function dynamicsName(entry: DynamicsEntry): string {
  const { number } = dynamicsFamily(entry.id);
  const name = dynamicsLabel({ ...entry, noise: false });
  return `${name}${number ? ` (eq. ${number})` : ''}${entry.noise ? ', with its noise' : ''}`;
}

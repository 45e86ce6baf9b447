import { dynamicsFamily, dynamicsIds } from '../../src/core/dynamics';
import { dynamicsLabel, type DynamicsEntry } from '../../src/core/dynamics/entry';
import { DASHES, type Stroke } from './strokes';
import type { Theme } from './theme';

/** The dash of a dynamics with its noise: dots, and after each pass through the colours wider apart. */
const noisyDash = (pass: number): readonly number[] => [1, 2.5 + 2 * pass];

/** How the k-th dynamics is drawn: both its colour and its dash are its own, so that each tells it alone. */
export function dynamicsStrokeAt({ series, more }: Pick<Theme, 'series' | 'more'>, k: number, noise: boolean): Stroke {
  const colors = [...series, ...more];
  const pass = Math.floor(k / colors.length);
  return {
    color: colors[k % colors.length]!,
    // with a shift in each pass, or the ninth would look like the first
    dash: noise ? noisyDash(pass) : DASHES[(k + pass) % DASHES.length]!,
  };
}

/** How a dynamics is drawn, in every plot. */
export const dynamicsStroke = (theme: Theme, { id, noise }: Pick<DynamicsEntry, 'id' | 'noise'>): Stroke =>
  dynamicsStrokeAt(theme, dynamicsIds.indexOf(id), noise);

/** What it is called, with its number in the note. */
export function dynamicsName(entry: DynamicsEntry): string {
  const { number } = dynamicsFamily(entry.id);
  const name = dynamicsLabel({ ...entry, noise: false });
  return `${name}${number ? ` (eq. ${number})` : ''}${entry.noise ? ', with its noise' : ''}`;
}

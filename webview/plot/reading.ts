import { valueOn } from './axis';
import type { AtCursor, Dot, Frame, Hit, Mark, Reading } from './marks/mark';
import type { PlotSpec } from './spec';

/** Where the cursor of a plot stands, in places of its axes; y only where the cursor is a point. */
export interface Position {
  readonly x: number;
  readonly y?: number | undefined;
}

/** What a plot has at its cursor: readings, dots and the cell under it. */
export interface Found extends AtCursor {
  readonly cell?: Hit['cell'];
}

/** What a plot has where nothing is. */
export const NOTHING: Found = { dots: [], readings: [] };

/** Several readings of one key as one: all of a few values, else the least and the greatest. */
function merged(readings: readonly Reading[]): Reading[] {
  const groups = new Map<string, Reading[]>();
  for (const reading of readings) {
    const group = groups.get(reading.key);
    if (group) group.push(reading);
    else groups.set(reading.key, [reading]);
  }
  return [...groups.values()].map((group) => {
    const texts = group.map(({ text }) => text).filter((text) => text !== '–');
    if (texts.length < 2) return { ...group[0]!, text: texts[0] ?? '–' };
    if (texts.length === 2) return { ...group[0]!, text: texts.join(' · ') };
    const sorted = [...texts].sort((a, b) => numberOf(a) - numberOf(b));
    return { ...group[0]!, text: `${sorted[0]} to ${sorted.at(-1)}` };
  });
}

/** The number that a reading writes, near enough to put several in order. */
function numberOf(text: string): number {
  const [mantissa = '', exponent] = text.replace('−', '-').replaceAll(',', '').split('·10');
  const digits = [...(exponent ?? '')].map((char) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(char)).map((at) => (at < 0 ? '-' : at));
  return Number(mantissa) * 10 ** Number(digits.join('') || 0);
}

/** What a plot has at a value of its x axis. */
export function atValue(spec: PlotSpec, marks: readonly Mark[], x: number): Found {
  if (spec.at) return spec.at(x);
  const dots: Dot[] = [];
  const readings: Reading[] = [];
  for (const mark of marks) {
    const found = mark.at?.(x);
    if (!found) continue;
    dots.push(...found.dots);
    readings.push(...found.readings);
  }
  return { dots, readings: merged(readings) };
}

/** What lies nearest to a point of a plot. */
export function nearPoint(spec: PlotSpec, marks: readonly Mark[], { x, y }: Position, frame: Frame): Found {
  if (y === undefined) return NOTHING;
  const px = frame.x(valueOn(spec.x, x));
  const py = frame.y(valueOn(spec.y, y));
  let best: Hit | undefined;
  for (const mark of marks) {
    const hit = mark.near?.(px, py, frame);
    if (hit && (!best || hit.distance <= best.distance)) best = hit;
  }
  if (!best) return NOTHING;
  const { cell, dot, reading } = best;
  return { dots: dot ? [dot] : [], readings: [reading], cell };
}

import { uniform } from '../../../../src/core/math/spacing';
import type { Schedule } from '../../../../src/core/schedules';
import { evaluate, type Curves } from '../../../../src/core/schedules/quantities';
import { formatNumber } from '../../../../src/core/text/format';
import type { AtCursor, Dot, Reading } from '../../../plot/marks/mark';
import { timeAt, type NoiseAxis } from '../../../plot/noiseAxis';
import type { Numbers } from '../../../plot/numbers';
import type { SchedulePlotRow } from './catalogue';
import type { ScheduleLine, ScheduleLines } from './scheduleLines';

/** What was last made for each schedule at the cursor: every plot asks for the same, and a drag moves one schedule. */
const curvesKept = new WeakMap<
  Schedule,
  { readonly axis: NoiseAxis; readonly x: number; readonly curves: Curves | undefined }
>();

/** Every quantity of a schedule at a position of an axis, one value each; undefined where it never gets there. */
export function curvesAt(axis: NoiseAxis, schedule: Schedule, x: number): Curves | undefined {
  const kept = curvesKept.get(schedule);
  if (kept?.axis === axis && kept.x === x) return kept.curves;
  const t = timeAt(axis, schedule, x);
  // On an axis of SNR the log-SNR is known exactly, and not only to the rounding of t.
  const level = axis.logSnr(x);
  const at = level === undefined ? schedule : { ...schedule, logSnr: () => level };
  const curves = t === undefined ? undefined : evaluate(at, Float64Array.of(t));
  curvesKept.set(schedule, { axis, x, curves });
  return curves;
}

/** Why a quantity has no finite value at a time. */
function reasonOf(t: number, logSnr: number): string {
  if (logSnr === Infinity) return 'there is no noise left (ᾱ = 1)';
  if (logSnr === -Infinity) return 'there is no signal yet (ᾱ = 0)';
  return `it is beyond the range of numbers at t = ${formatNumber(t)}`;
}

/** A number for a narrow column: one digit less where it has a power of ten, or others beside it. */
function short(value: number, several: boolean): string {
  const text = formatNumber(value);
  return several || text.includes('·') ? formatNumber(value, 3) : text;
}

/** What a plot says of one schedule at a position; `all` gives every curve, not only the main one. */
function readingOf(row: SchedulePlotRow, line: ScheduleLine, axis: NoiseAxis, x: number, all: boolean): Reading {
  const { index, label, stroke, schedule } = line;
  const rest = { key: String(index), label, symbol: stroke };
  const curves = curvesAt(axis, schedule, x);
  if (!curves) return { ...rest, text: '–', detail: () => `${label}: never at this ${axis.symbol}` };
  const values = row.curves.map(({ symbol, of }) => ({ symbol, value: of(curves, 0) }));
  const several = all && row.curves.length > 1;
  return {
    ...rest,
    text: (all ? values : [values[row.main]!]).map(({ value }) => short(value, several)).join(' · '),
    detail: () => {
      const words = values.map(({ symbol, value }) => `${symbol} = ${formatNumber(value)}`).join(', ');
      const endless = values.some(({ value }) => !Number.isFinite(value));
      return `${label}: ${words}${endless ? `, as ${reasonOf(curves.t[0]!, curves.logSnr[0]!)}` : ''}`;
    },
  };
}

/** What a plot of schedules has at the cursor: a reading and a dot for each visible schedule. */
export function scheduleAt(row: SchedulePlotRow, { lines, axis }: ScheduleLines): (x: number) => AtCursor {
  const { of } = row.curves[row.main]!;
  const all = lines.length <= 2;
  return (x) => ({
    readings: lines.map((line) => readingOf(row, line, axis, x, all)),
    dots: lines.flatMap(({ schedule, stroke }): Dot[] => {
      const curves = curvesAt(axis, schedule, x);
      return curves ? [{ x, y: of(curves, 0), color: stroke.color }] : [];
    }),
  });
}

/** The numbers of a plot at n equal steps of t, both ends included: t, then each curve of each schedule. */
export function scheduleNumbers({ curves: drawn }: SchedulePlotRow, { lines }: ScheduleLines, n: number): Numbers {
  const times = uniform(0, 1, n);
  const names = ['t'];
  const columns = [times];
  for (const { label, schedule } of lines) {
    const curves = evaluate(schedule, times);
    for (const { symbol, of } of drawn) {
      names.push(`${symbol} ${label}`);
      columns.push(times.map((_, i) => of(curves, i)));
    }
  }
  return { names, columns };
}

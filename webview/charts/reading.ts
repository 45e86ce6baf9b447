import { formatNumber } from '../../src/core/text/format';
import { curvesAt } from './axis';
import type { Line, Model } from './model';
import type { ChartRow } from './registry';

/** What a chart says of one schedule at the cursor. */
export interface Reading {
  readonly line: Line;
  /** The main series first asked for, or each series where there is room. */
  readonly text: string;
  /** Every series by name, and why a value is infinite. */
  readonly detail: string;
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

/** What a chart says at a position of the x axis, one a visible schedule; `all` gives every series, not only the main one. */
export function readingsAt(row: ChartRow, { lines, axis }: Model, x: number, all: boolean): Reading[] {
  const several = all && lines.length > 1 && row.series.length > 1;
  return lines.map((line) => {
    const curves = curvesAt(axis, line.schedule, x);
    if (!curves) return { line, text: '–', detail: `${line.label}: never at this ${axis.symbol}` };
    const values = row.series.map(({ symbol, of }) => ({ symbol, value: of(curves, 0) }));
    const endless = values.some(({ value }) => !Number.isFinite(value));
    const named = values.map(({ symbol, value }) => `${symbol} = ${formatNumber(value)}`).join(', ');
    return {
      line,
      text: (all ? values : [values[row.main]!]).map(({ value }) => short(value, several)).join(' · '),
      detail: `${line.label}: ${named}${endless ? `, as ${reasonOf(curves.t[0]!, curves.logSnr[0]!)}` : ''}`,
    };
  });
}

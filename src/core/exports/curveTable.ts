import type { Experiment } from '../experiment/experiment';
import { uniform } from '../math/spacing';
import { entryLabel, entrySchedule } from '../schedules/entry';
import { evaluate, quantities } from '../schedules/quantities';
import type { Table } from '../text/tables';

/** Rows a schedule, where nothing else is asked for: steps of 0.001 in t, both ends included. */
export const ROWS = 1001;

/** Every quantity of every schedule over t: a row a schedule and time, for formats that are tables. */
export function curveTable({ schedules }: Experiment, rowCount = ROWS): Table {
  const keys = quantities.map((row) => row.key);
  const times = uniform(0, 1, rowCount);
  const rows = schedules.flatMap((entry) => {
    const curves = evaluate(entrySchedule(entry), times);
    const label = entryLabel(entry);
    return Array.from(times, (t, i) => [label, t, ...keys.map((key) => curves[key][i]!)]);
  });
  return { names: ['schedule', 't', ...keys], rows };
}

import { csvText } from '../text/csv';
import { entryLabel, entrySchedule } from '../schedules/entry';
import { evaluate, quantities } from '../schedules/quantities';
import { uniform } from '../math/spacing';
import type { ExportFormat } from './export';

/** Rows a schedule: steps of 0.001 in t, both ends included. */
const ROWS = 1001;

export const csv: ExportFormat = {
  id: 'csv',
  title: 'CSV table',
  summary: `Every curve of every schedule at ${ROWS} times from t = 0 (noise) to t = 1 (data)`,
  extension: 'csv',
  write({ schedules }) {
    const keys = quantities.map((row) => row.key);
    const times = uniform(0, 1, ROWS);
    const rows = schedules.flatMap((entry) => {
      const curves = evaluate(entrySchedule(entry), times);
      const label = entryLabel(entry);
      return Array.from(times, (t, i) => [label, t, ...keys.map((key) => curves[key][i]!)]);
    });
    return csvText([['schedule', 't', ...keys], ...rows]);
  },
};

import { uniform } from '../math/spacing';
import { entryLabel, entrySchedule } from '../schedules/entry';
import { evaluate } from '../schedules/quantities';
import { toJson } from '../text/json';
import { ROWS } from './curveTable';
import type { ExportFormat } from './export';

export const curvesJson: ExportFormat = {
  id: 'curves',
  title: 'JSON table',
  summary: `Every curve of every schedule at ${ROWS} times, a list for each quantity; infinities as text, which JSON lacks`,
  extension: 'json',
  needs: 'experiment',
  write({ experiment: { name, schedules } }) {
    const t = uniform(0, 1, ROWS);
    return toJson({
      name,
      schedules: schedules.map((entry) => ({ label: entryLabel(entry), ...evaluate(entrySchedule(entry), t) })),
    });
  },
};

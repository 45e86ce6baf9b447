import { csvText } from '../text/csv';
import { curveTable, ROWS } from './curveTable';
import type { ExportFormat } from './export';

export const csv: ExportFormat = {
  id: 'csv',
  title: 'CSV table',
  summary: `Every curve of every schedule at ${ROWS} times from t = 0 (noise) to t = 1 (data)`,
  extension: 'csv',
  needs: 'experiment',
  write({ experiment }) {
    const { names, rows } = curveTable(experiment);
    return csvText([names, ...rows]);
  },
};

import { quantities } from '../schedules/quantities';
import { tableFormat } from '../text/tables';
import { curveTable } from './curveTable';
import type { ExportFormat } from './export';

/** Rows a schedule: steps of 0.1 in t, both ends included. */
const ROWS = 11;

export const latex: ExportFormat = {
  id: 'latex',
  title: 'LaTeX table',
  summary: `Every curve of every schedule at ${ROWS} times, with the rules of booktabs and four digits, to be put into a paper`,
  extension: 'tex',
  needs: 'experiment',
  write({ experiment }) {
    const { rows } = curveTable(experiment, ROWS);
    const names = ['schedule', 't', ...quantities.map(({ symbol }) => symbol)];
    // of one schedule its name is the same in every row
    const alone = experiment.schedules.length === 1;
    const first = alone ? 1 : 0;
    const name = alone ? `${String(rows[0]![0])}. ` : '';
    return tableFormat('latex').write({
      names: names.slice(first),
      rows: rows.map((cells) => cells.slice(first)),
      note: `${name}Time runs from noise at t = 0 to data at t = 1`,
    });
  },
};

import { explanations } from '../../../../src/core/reference/explanations';
import { effortText, type Evaluation } from '../../../../src/core/runs/evaluationResults';
import { fade } from '../../../plot/colors';
import { cells } from '../../../plot/marks/cells';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

/** True classes by labels given, the first class on top, so that what is right runs down the diagonal. */
export function confusionSpec(evaluation: Evaluation, testRows: number, theme: Theme, problem: string): PlotSpec {
  const { confusion, classes, rows, effort } = evaluation;
  const m = classes.length;
  const most = Math.max(1, ...confusion);
  const edges = Array.from({ length: m + 1 }, (_, k) => k);
  const countAt = (column: number, row: number) => confusion[(m - 1 - row) * m + column]!;
  const colors = [seriesColor(theme, 0), seriesColor(theme, 1)] as const;
  return {
    id: 'confusion',
    title: 'Confusion',
    about: `True class by label given, ${rows < testRows ? `${rows} of ${testRows}` : rows} test rows${effort ? `; ${effortText(effort)}` : ''}.`,
    x: { title: 'label given', range: [0, m], names: classes },
    y: { title: 'true class', range: [0, m], names: [...classes].reverse() },
    cursor: 'point',
    marks: [
      cells({
        x: edges,
        y: edges,
        gap: 0.5,
        fill(column, row) {
          const count = countAt(column, row);
          return fade(colors[column === m - 1 - row ? 0 : 1], count ? 0.12 + (0.5 * count) / most : 0);
        },
        text: (column, row) => String(countAt(column, row) || ''),
        read: (column, row) => ({
          label: `true ${classes[m - 1 - row]}, given ${classes[column]}`,
          text: countAt(column, row) === 1 ? '1 row' : `${countAt(column, row)} rows`,
        }),
      }),
    ],
    explanations: [explanations.confusion],
    numbers: () => ({
      names: classes.map((label) => `label ${label}`),
      columns: classes.map((_, column) => Float64Array.from(classes, (_row, row) => confusion[row * m + column]!)),
    }),
    problem,
    tall: true,
  };
}

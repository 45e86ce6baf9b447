import type { ModelRow } from '../../../../src/core/evaluation';
import { evaluationExplanations as explanations } from '../../../../src/core/evaluation/explanations';
import { models } from '../../../../src/core/models';
import { MARKERS } from '../../../plot/markers';
import { intervals } from '../../../plot/marks/intervals';
import { line } from '../../../plot/marks/line';
import { points } from '../../../plot/marks/points';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

/** How far a seed's dot stands beside the middle of its kind; the same for a seed in every kind. */
const beside = (k: number, n: number) => (n < 2 ? 0 : 0.3 * (k / (n - 1) - 0.5));

/** A mark a seed for each kind of model, beside the mean with its 95% interval; kinds keep their colour and marker. */
export function modelsSpec(rows: readonly ModelRow[], score: string, theme: Theme): PlotSpec {
  const seeds = [...new Set(rows.flatMap(({ runs }) => runs.map(({ seed }) => seed)))].sort((a, b) => a - b);
  const marks = rows.flatMap(({ model, title, runs, half, score: { mean } }, at) => {
    const index = models.findIndex(({ id }) => id === model);
    const color = seriesColor(theme, index);
    return [
      intervals({ x: [at + 0.74], low: [mean - half], high: [mean + half], color }),
      line({ label: '', x: [at + 0.64, at + 0.84], y: [mean, mean], color, width: 3, guide: true }),
      points({
        label: title,
        x: runs.map(({ seed }) => at + 0.42 + beside(seeds.indexOf(seed), seeds.length)),
        y: runs.map((run) => run.score),
        color,
        marker: MARKERS[index % MARKERS.length]!,
        text: (i) => `seed ${runs[i]!.seed}, ${score} ${runs[i]!.score.toFixed(4)}`,
      }),
    ];
  });
  return {
    id: 'models',
    title: 'Seeds of each model',
    about: 'A mark a seed; beside it the mean with its 95% interval, cut off where it is wide. Test rows.',
    x: { title: 'model', range: [0, rows.length], names: rows.map(({ title }) => title) },
    y: { title: score, range: rangeOf(rows) },
    cursor: 'point',
    legend: 'tab',
    marks,
    explanations: [explanations.models],
    numbers: () => ({
      names: ['model', 'seed', score],
      columns: [
        Float64Array.from(rows.flatMap(({ runs }, k) => runs.map(() => k + 1))),
        Float64Array.from(rows.flatMap(({ runs }) => runs.map(({ seed }) => seed))),
        Float64Array.from(rows.flatMap(({ runs }) => runs.map((run) => run.score))),
      ],
    }),
    tall: true,
    wide: true,
  };
}

/** The ends of the score's axis: every mark, and intervals as far as the marks are apart; no score is above 1. */
function rangeOf(rows: readonly ModelRow[]): readonly [number, number] {
  const marks = rows.flatMap(({ runs }) => runs.map((run) => run.score));
  const ends = rows.flatMap(({ score: { mean }, half }) => (Number.isNaN(half) ? [] : [mean - half, mean + half]));
  const low = Math.min(...marks);
  const high = Math.max(...marks);
  const span = high - low || 0.02;
  const below = Math.max(low - span, Math.min(low, ...ends));
  const above = Math.min(high + span, Math.max(high, ...ends), 1);
  return [below - 0.08 * span, Math.min(Math.max(above, high) + 0.08 * span, Math.max(high, 1))];
}

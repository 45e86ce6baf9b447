import type { ModelRow } from '../../../../src/core/evaluation';
import { models, type ModelId } from '../../../../src/core/models';
import type { Theme } from '../../../plot/theme';
import { colorOf } from '../../../pictures/colors';
import type { Marker, Picture, Series } from '../../../pictures/picture';

/** Kinds of models keep their colour and marker everywhere. */
const MARKERS: readonly Marker[] = ['circle', 'square', 'triangle', 'diamond'];

export const modelColor = (theme: Theme, id: ModelId): string =>
  colorOf(
    theme,
    models.findIndex((row) => row.id === id),
  );

/** How far a seed's dot stands beside the middle of its kind; the same for a seed in every kind. */
const beside = (k: number, n: number) => (n < 2 ? 0 : 0.3 * (k / (n - 1) - 0.5));

/** A dot a seed for each kind of model, beside the mean with its 95% interval. */
export function modelsPicture(rows: readonly ModelRow[], score: string, theme: Theme): Picture {
  const seeds = [...new Set(rows.flatMap(({ runs }) => runs.map(({ seed }) => seed)))].sort((a, b) => a - b);
  const series = rows.flatMap(({ model, title, runs, score: { mean } }, at): Series[] => {
    const color = modelColor(theme, model);
    return [
      {
        label: title,
        x: runs.map(({ seed }) => at + 0.42 + beside(seeds.indexOf(seed), seeds.length)),
        y: runs.map((run) => run.score),
        color,
        marker: MARKERS[models.findIndex((row) => row.id === model)]!,
        line: false,
      },
      { label: title, x: [at + 0.64, at + 0.84], y: [mean, mean], color, width: 3, guide: true },
    ];
  });
  return {
    x: { title: 'model', range: [0, rows.length], names: rows.map(({ title }) => title) },
    y: { title: score, range: rangeOf(rows) },
    series,
    under({ ctx, at: place }) {
      ctx.lineWidth = 1.5;
      rows.forEach(({ model, half, score: { mean } }, at) => {
        if (Number.isNaN(half)) return;
        const [x, low] = place(at + 0.74, mean - half);
        const [, high] = place(at + 0.74, mean + half);
        ctx.strokeStyle = modelColor(theme, model);
        ctx.beginPath();
        for (const y of [low, high]) {
          ctx.moveTo(x - 4, y);
          ctx.lineTo(x + 4, y);
        }
        ctx.moveTo(x, low);
        ctx.lineTo(x, high);
        ctx.stroke();
      });
    },
  };
}

/** The ends of the score's axis: every mark, and intervals as far as the marks are apart; no score is above 1. */
function rangeOf(rows: readonly ModelRow[]): readonly [number, number] {
  const marks = rows.flatMap(({ runs }) => runs.map((run) => run.score));
  const ends = rows.flatMap(({ score: { mean }, half }) => (Number.isNaN(half) ? [] : [mean - half, mean + half]));
  const [low, high] = [Math.min(...marks), Math.max(...marks)];
  const span = high - low || 0.02;
  const below = Math.max(low - span, Math.min(low, ...ends));
  const above = Math.min(high + span, Math.max(high, ...ends), 1);
  return [below - 0.08 * span, Math.max(above, high) + 0.08 * span];
}

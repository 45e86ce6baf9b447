import type { DataPreview, PointsPreview } from '../../../../src/core/datasets/preview/preview';
import { explanations } from '../../../../src/core/reference/explanations';
import { named, type LegendEntry, type Mark } from '../../../plot/marks/mark';
import { points } from '../../../plot/marks/points';
import { classColor, classMarker } from '../../../plot/palette';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

/** The size of the markers of rows, of which there are many. */
const SMALL = 0.65;

/** The data as points, by class; one kind of points where numbers are predicted. Can be laid over any picture of the same axes. */
export function pointMarks({ x, y, labels }: PointsPreview, classes: readonly string[], theme: Theme): Mark[] {
  if (!classes.length) return [points({ label: 'rows', x, y, color: seriesColor(theme, 0), marker: 'dot' })];
  const entries = classes.map((label, k): LegendEntry => ({
    key: label,
    label,
    color: classColor(theme, k),
    marker: classMarker(k),
    line: false,
  }));
  return entries.flatMap((entry, k) => {
    const rows = Array.from(labels.keys()).filter((i) => labels[i] === k);
    const [across, up] = [rows.map((i) => x[i]!), rows.map((i) => y[i]!)];
    const { key, label, color, marker = 'dot' } = entry;
    return [named(entry), points({ label, key, x: across, y: up, color, marker, scale: SMALL, opacity: 0.75 })];
  });
}

/** The rows of the data in a plane, before anything is trained. */
export function pointsSpec({ points: shown, classes, rows }: DataPreview, theme: Theme): PlotSpec | undefined {
  if (!shown) return undefined;
  const count = shown.x.length;
  const some = count < rows ? `${count} of ${rows} rows, drawn at random. ` : '';
  const about = `${some}${shown.about}`.trim();
  return {
    id: 'data',
    title: 'Points',
    about: about || (classes.length ? 'Every row, by its class.' : 'Every row.'),
    x: { title: shown.xTitle },
    y: { title: shown.yTitle },
    cursor: 'point',
    marks: pointMarks(
      shown,
      classes.map(({ label }) => label),
      theme,
    ),
    explanations: [explanations.data],
    problem: `${rows} rows before training`,
    tall: true,
  };
}

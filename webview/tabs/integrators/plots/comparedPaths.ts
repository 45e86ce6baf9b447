import { explanations } from '../../../../src/core/reference/explanations';
import type { ComparedPaths, PathLine } from '../../../../src/core/compare/comparedPaths';
import type { Stroke, Theme } from '../../../plot/theme';
import { columnOf } from '../../../pictures/along';
import type { Card } from '../../../pictures/card';
import { drawField } from '../../dynamics/plots/field';
import type { Series } from '../../../pictures/picture';

/** How the first, the second and the reference's paths are told apart without colour. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3]];

/** How the paths of the first or the second row are drawn. */
export const pathStroke = (theme: Theme, row: number): Stroke => ({
  color: theme.series[row % theme.series.length]!,
  dash: DASHES[row % DASHES.length]!,
});

/** The paths of chosen rows beside the reference: over the drift in one dimension, in a plane of two axes in more. */
export function comparedPathsCard(paths: ComparedPaths, theme: Theme): Card {
  const { lines, n, field, axes, window, notes } = paths;
  const width = axes ? 2 * n : n;
  const series = lines.flatMap((line) => Array.from({ length: n }, (_, i) => pathOf(line, i)));
  function pathOf(line: PathLine, i: number): Series {
    const { row, label, times, states } = line;
    const reference = row === undefined;
    const at = (column: number) => columnOf(states, width, column);
    return {
      label,
      ...(axes ? { x: at(2 * i), y: at(2 * i + 1) } : { x: times, y: at(i) }),
      ...(reference ? { color: theme.foreground } : pathStroke(theme, row)),
      width: reference ? 1 : 1.75,
      opacity: reference && !theme.contrast ? 0.55 : 1,
    };
  }
  const inside = window;
  return {
    id: 'compared-paths',
    title: axes ? 'Paths of the chosen rows, in a plane' : 'Paths of the chosen rows',
    about: notes.length
      ? notes.join(' ')
      : `${n} paths from the same starts over the drift of the dynamics; the thin lines are the reference.`,
    picture: {
      x: axes ? { title: axes[0] } : { title: 't, from noise at 0 to data at 1', range: [0, 1] },
      y: { title: axes ? axes[1] : 'z' },
      series,
      ...(axes ? {} : { inside }),
      ...(field && {
        under: (paint) => drawField(paint, { field, theme, axis: { id: 't', inside }, timeAt: (x) => x }),
      }),
    },
    numbers: () => {
      const names: string[] = [];
      const columns: Float64Array[] = [];
      for (const { label, times, states } of lines) {
        names.push(`t, ${label}`);
        columns.push(times);
        for (let column = 0; column < width; column++) {
          const what = axes ? `${axes[column % 2]}, path ${Math.floor(column / 2) + 1}` : `z, path ${column + 1}`;
          names.push(`${what}, ${label}`);
          columns.push(columnOf(states, width, column));
        }
      }
      const length = Math.max(...columns.map((column) => column.length));
      return { names, columns: columns.map((column) => Float64Array.from({ length }, (_, i) => column[i] ?? NaN)) };
    },
    explanations: [explanations.comparedPaths],
    problem: paths.problem,
    tall: true,
  };
}

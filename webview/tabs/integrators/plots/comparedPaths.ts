import type { ComparedPaths, PathLine } from '../../../../src/core/compare/comparedPaths';
import { explanations } from '../../../../src/core/reference/explanations';
import { columnOf } from '../../../plot/interpolate';
import { line } from '../../../plot/marks/line';
import { shadeOutside } from '../../../plot/marks/shade';
import { beside } from '../../../plot/numbers';
import type { PlotSpec } from '../../../plot/spec';
import { DASHES, seriesColor, type Stroke } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';
import { driftField } from '../../../plot/driftField';

/** How the paths of the first or the second row are drawn. */
export const pathStroke = (theme: Theme, row: number): Stroke => ({
  color: seriesColor(theme, row),
  dash: DASHES[row % DASHES.length]!,
});

/** The paths of chosen rows beside the reference: over the drift in one dimension, in a plane of two axes in more. */
export function comparedPathsSpec(paths: ComparedPaths, theme: Theme): PlotSpec {
  const { lines, n, field, axes, window, notes } = paths;
  const width = axes ? 2 * n : n;
  const pathOf = ({ row, label, times, states }: PathLine, i: number) => {
    const reference = row === undefined;
    const at = (column: number) => columnOf(states, width, column);
    return line({
      label,
      ...(axes ? { x: at(2 * i), y: at(2 * i + 1) } : { x: times, y: at(i) }),
      ...(reference ? { color: theme.foreground } : pathStroke(theme, row)),
      width: reference ? 1 : 1.75,
      opacity: reference && !theme.contrast ? 0.55 : 1,
    });
  };
  const drift = field ? [driftField({ drift: field, axis: { id: 't', inside: window }, timeAt: (x) => x })] : [];
  return {
    id: 'compared-paths',
    title: axes ? 'Paths of the chosen rows, in a plane' : 'Paths of the chosen rows',
    about: notes.length
      ? notes.join(' ')
      : `${n} paths from the same starts over the drift of the dynamics; the thin lines are the reference.`,
    x: axes ? { title: axes[0] } : { title: 't, from noise at 0 to data at 1', symbol: 't', range: [0, 1] },
    y: { title: axes ? axes[1] : 'z' },
    cursor: axes ? 'point' : 'x',
    marks: [
      ...(axes ? [] : [shadeOutside(window, [0, 1])]),
      ...drift,
      ...lines.flatMap((one) => Array.from({ length: n }, (_, i) => pathOf(one, i))),
    ],
    numbers: () =>
      beside(
        lines.map(({ label, times, states }) => {
          const what = (column: number) =>
            axes ? `${axes[column % 2]}, path ${Math.floor(column / 2) + 1}` : `z, path ${column + 1}`;
          const columns = Array.from({ length: width }, (_, column) => column);
          return {
            names: [`t, ${label}`, ...columns.map((column) => `${what(column)}, ${label}`)],
            columns: [times, ...columns.map((column) => columnOf(states, width, column))],
          };
        }),
      ),
    explanations: [explanations.comparedPaths],
    problem: paths.problem,
    tall: true,
  };
}

import { dynamicsExplanations as explanations } from '../../../../src/core/dynamics/explanations';
import type { PathPlane } from '../../../../src/core/dynamics/paths';
import { columnOf, interpolate, placeIn } from '../../../plot/interpolate';
import { line } from '../../../plot/marks/line';
import { named, type AtCursor, type Mark } from '../../../plot/marks/mark';
import { points } from '../../../plot/marks/points';
import type { PlotSpec } from '../../../plot/spec';
import { TIME } from '../timeAxis';
import { shownPaths, timeAt, type ShownDynamics } from './shownDynamics';

/** Where the paths go in two dimensions, over the clean states; the tab's cursor is a dot on each. */
export function planeSpec(shown: ShownDynamics, plane: PathPlane): PlotSpec {
  const { paths, lines, theme } = shown;
  const width = 2 * paths.drawn;
  const marks = lines.flatMap(({ index, key, label, stroke, row }) => [
    named({ key, label, ...stroke }),
    ...shownPaths(paths, index === 0).flatMap((i): Mark[] => {
      const x = columnOf(plane.paths[index]!, width, 2 * i);
      const y = columnOf(plane.paths[index]!, width, 2 * i + 1);
      const { color } = stroke;
      const dash = row.entry.noise ? [] : stroke.dash;
      const path = line({ key, label, x, y, color, dash, width: 1.1, opacity: index ? 1 : 0.8 });
      return [path, points({ label: '', x: x.slice(-1), y: y.slice(-1), color, marker: 'dot', guide: true })];
    }),
  ]);
  const clean = points({
    label: '',
    x: columnOf(plane.points, 2, 0),
    y: columnOf(plane.points, 2, 1),
    color: theme.foreground,
    opacity: theme.contrast ? 0.5 : 0.25,
    marker: 'speck',
    under: true,
    guide: true,
  });
  return {
    id: 'plane',
    title: 'Paths in a plane',
    about: 'The same paths over the clean states (grey); each ends in a dot.',
    x: { title: plane.axes[0] },
    y: { title: plane.axes[1] },
    marks: [clean, ...marks],
    view: TIME,
    cursor: 'point',
    at: (x) => planeAt(shown, plane, x),
    legend: 'tab',
    numbers: () => {
      const names = ['t'];
      const columns = [paths.times];
      for (const { index, label } of lines)
        for (let column = 0; column < width; column++) {
          names.push(`${plane.axes[column % 2]}, path ${Math.floor(column / 2) + 1}, ${label}`);
          columns.push(columnOf(plane.paths[index]!, width, column));
        }
      return { names, columns };
    },
    explanations: [explanations.plane],
    problem: paths.problem,
    tall: true,
  };
}

/** Where the drawn paths are at a position of the tab's x axis. */
function planeAt(shown: ShownDynamics, plane: PathPlane, x: number): AtCursor {
  const { paths, lines } = shown;
  const width = 2 * paths.drawn;
  const step = placeIn(paths.times, timeAt(shown, x));
  const dots = lines.flatMap(({ index, stroke }) =>
    shownPaths(paths, index === 0).map((i) => ({
      x: interpolate(plane.paths[index]!, step, width, 2 * i),
      y: interpolate(plane.paths[index]!, step, width, 2 * i + 1),
      color: stroke.color,
    })),
  );
  return { dots, readings: [] };
}

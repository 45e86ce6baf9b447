import { dynamicsExplanations as explanations } from '../../../../src/core/dynamics/explanations';
import type { PathPlane } from '../../../../src/core/dynamics/paths';
import { fade } from '../../../plot/theme';
import { columnOf, valueAlong, type Place } from '../../../pictures/along';
import type { Card } from '../../../pictures/card';
import type { Series } from '../../../pictures/picture';
import { shownPaths, type AtCursor, type Scene } from './scene';

/** Where the paths go in two dimensions, over the clean states. */
export function planeCard(scene: Scene, plane: PathPlane): Omit<Card, 'look' | 'readings'> {
  const { picture, lines, theme } = scene;
  const width = 2 * picture.drawn;
  const series = lines.flatMap(({ index, label, stroke, row }) =>
    shownPaths(scene, index === 0).flatMap((i): Series[] => {
      const [x, y] = [2 * i, 2 * i + 1].map((column) => columnOf(plane.paths[index]!, width, column)) as [
        Float64Array,
        Float64Array,
      ];
      const color = stroke.color;
      return [
        { label, x, y, color, dash: row.entry.noise ? [] : stroke.dash, width: 1.1, opacity: index ? 1 : 0.8 },
        { label: '', x: x.slice(-1), y: y.slice(-1), color, marker: 'dot', line: false, guide: true },
      ];
    }),
  );
  return {
    id: 'plane',
    title: 'Paths in a plane',
    about: 'The same paths over the clean states (grey); each ends in a dot.',
    picture: {
      x: { title: plane.axes[0] },
      y: { title: plane.axes[1] },
      series: [
        ...series,
        { label: '', ...pointsOf(plane), color: theme.foreground, opacity: 0, line: false, guide: true },
      ],
      under({ ctx, at }) {
        ctx.fillStyle = fade(theme.foreground, theme.contrast ? 0.5 : 0.25);
        const { x, y } = pointsOf(plane);
        x.forEach((px, i) => {
          const [left, top] = at(px, y[i]!);
          ctx.fillRect(left - 1, top - 1, 2.5, 2.5);
        });
      },
    },
    numbers: () => {
      const names = ['t'];
      const columns = [picture.times];
      for (const { index, label } of lines)
        for (let column = 0; column < width; column++) {
          names.push(`${plane.axes[column % 2]}, path ${Math.floor(column / 2) + 1}, ${label}`);
          columns.push(columnOf(plane.paths[index]!, width, column));
        }
      return { names, columns };
    },
    explanations: [explanations.plane],
    keyed: false,
    tall: true,
  };
}

const pointsOf = ({ points }: PathPlane) => ({ x: columnOf(points, 2, 0), y: columnOf(points, 2, 1) });

/** Where the drawn paths are at the cursor. */
export function planeAt(scene: Scene, plane: PathPlane, { step }: { readonly step: Place }): AtCursor {
  const width = 2 * scene.picture.drawn;
  return {
    readings: [],
    marks: scene.lines.flatMap(({ index, stroke }) =>
      shownPaths(scene, index === 0).map((i) => ({
        x: valueAlong(plane.paths[index]!, step, width, 2 * i),
        y: valueAlong(plane.paths[index]!, step, width, 2 * i + 1),
        color: stroke.color,
      })),
    ),
  };
}

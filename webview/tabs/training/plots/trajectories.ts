import { principalAxes } from '../../../../src/core/math/pca';
import { explanations } from '../../../../src/core/reference/explanations';
import type { Trajectories } from '../../../../src/core/runs/evaluationResults';
import { line } from '../../../plot/marks/line';
import { named, type LegendEntry, type Mark } from '../../../plot/marks/mark';
import { nameAt } from '../../../plot/marks/names';
import { points } from '../../../plot/marks/points';
import { classColor } from '../../../plot/palette';
import type { PlotSpec } from '../../../plot/spec';
import type { Theme } from '../../../plot/theme';

/** The plane in which states are drawn: places along two axes, and what these are called. */
interface Plane {
  readonly place: (axis: 0 | 1, read: (j: number) => number) => number;
  readonly titles: readonly [string, string];
  readonly about: string;
}

/** Two dimensions as they are; of more, the plane that holds most of the class embeddings. */
function planeOf(embeddings: ArrayLike<number>, m: number): Plane {
  if (m <= 2) return { place: (axis, read) => (axis < m ? read(axis) : 0), titles: ['z₁', 'z₂'], about: '' };
  const { mean, axes } = principalAxes(Float64Array.from(embeddings), m, 2);
  return {
    place(axis, read) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += (read(j) - mean[j]!) * axes[axis * m + j]!;
      return sum;
    },
    titles: ['first axis of the class embeddings', 'second axis'],
    about: ` Two principal axes of the embeddings’ ${m} dimensions.`,
  };
}

/**
 * The ways of test rows to the embeddings of their classes, up to the time of this number; what comes after that is faint.
 * `wide` where it stands alone.
 */
export function trajectoriesSpec(
  paths: Trajectories,
  moment: number,
  theme: Theme,
  problem: string,
  wide: boolean,
): PlotSpec {
  const { states, times, rows, dimension: m, embeddings, truth, labels, classes } = paths;
  const { place, titles, about } = planeOf(embeddings, m);
  const count = times.length;
  const ended = moment === count - 1;
  const entries = classes.map((label, k): LegendEntry => ({ key: label, label, color: classColor(theme, k) }));
  const middle = ([0, 1] as const).map((axis) =>
    entries.reduce((sum, _, k) => sum + place(axis, (j) => embeddings[k * m + j]!) / entries.length, 0),
  ) as [number, number];
  const homes = entries.flatMap(({ key, label, color }, k) => {
    const at = (axis: 0 | 1) => place(axis, (j) => embeddings[k * m + j]!);
    const [x, y] = [at(0), at(1)];
    const away = [x - middle[0], y - middle[1]] as const;
    return [
      points({ label: '', key, x: [x], y: [y], color, marker: 'square', guide: true }),
      nameAt({ x, y, name: label, key, away }),
    ];
  });
  const ways = Array.from({ length: rows }, (_, row): Mark[] => {
    const at = (axis: 0 | 1) =>
      Float64Array.from(times, (_t, k) => place(axis, (j) => states[(row * count + k) * m + j]!));
    const [x, y] = [at(0), at(1)];
    const { key, label, color } = entries[truth[row]!]!;
    const marker = !ended ? 'dot' : truth[row] === labels[row] ? 'circle' : 'cross';
    const [from, to] = [moment, moment + 1];
    return [
      ...(ended ? [] : [line({ label: '', key, x, y, color, width: 1, opacity: 0.15, guide: true })]),
      line({ label, x: x.subarray(0, to), y: y.subarray(0, to), color, width: 1, opacity: 0.6 }),
      points({ label: '', key, x: x.subarray(from, to), y: y.subarray(from, to), color, marker, guide: true }),
    ];
  });
  const when = ended ? '' : ` Up to t = ${times[moment]!.toFixed(2)}.`;
  return {
    id: 'trajectories',
    title: 'Test rows in the embedding',
    about: `${rows} rows from noise to their class’ embedding, a square; wrong ones end in a cross.${about}${when}`,
    x: { title: titles[0], symbol: m > 2 ? 'first axis' : titles[0] },
    y: { title: titles[1] },
    cursor: 'point',
    equal: true,
    // the classes in their own order first, for the legend
    marks: [...entries.map(named), ...ways.flat(), ...homes],
    explanations: [explanations.trajectories],
    problem,
    tall: true,
    wide,
  };
}

import { principalAxes } from '../../../../src/core/math/pca';
import { uniform } from '../../../../src/core/math/spacing';
import { explanations } from '../../../../src/core/reference/explanations';
import type { Boundary, Trajectories } from '../../../../src/core/runs/evaluationResults';
import { fade } from '../../../plot/colors';
import { cells } from '../../../plot/marks/cells';
import { line } from '../../../plot/marks/line';
import { named, type LegendEntry, type Mark } from '../../../plot/marks/mark';
import { points } from '../../../plot/marks/points';
import type { Numbers } from '../../../plot/numbers';
import { classColor } from '../../../plot/palette';
import type { PlotSpec } from '../../../plot/spec';
import type { Theme } from '../../../plot/theme';

/** The class on a grid of inputs; `moment` is the number of the time that is shown. */
export function boundarySpec(map: Boundary, moment: number, theme: Theme, problem: string): PlotSpec {
  const { xRange, yRange, size, labels, classes, features, times } = map;
  const x = edgesOf(xRange, size);
  const y = edgesOf(yRange, size);
  const labelAt = (column: number, row: number) => labels[(moment * size + row) * size + column]!;
  return {
    id: 'boundary',
    title: 'Decision boundary',
    about:
      times.length > 1
        ? `The class nearest the state at t = ${times[moment]!.toFixed(2)}.`
        : 'The class that is answered.',
    x: { title: features[0]!, range: xRange },
    y: { title: features[1]!, range: yRange },
    cursor: 'point',
    marks: classes.map((label, k) => {
      const color = fade(classColor(theme, k), 0.4);
      return cells({
        key: label,
        legend: { key: label, label, color: classColor(theme, k), marker: 'square', line: false },
        x,
        y,
        fill: (column, row) => (labelAt(column, row) === k ? color : undefined),
        read: () => ({ label: 'class', text: label }),
      });
    }),
    explanations: [explanations.boundary],
    numbers: () => boundaryNumbers(map, moment),
    problem,
    tall: true,
  };
}

/** The edges of cells around equally spaced values. */
function edgesOf([low, high]: readonly [number, number], size: number): Float64Array {
  const half = (high - low) / (size - 1) / 2;
  return uniform(low - half, high + half, size + 1);
}

/** Inputs on the grid, and the index of the class nearest the state at a moment. */
function boundaryNumbers({ xRange, yRange, size, labels, features }: Boundary, moment: number): Numbers {
  const x = uniform(...xRange, size);
  const y = uniform(...yRange, size);
  const grid = Array.from({ length: size * size }, (_, i) => i);
  return {
    names: [...features, 'class'],
    columns: [
      Float64Array.from(grid, (i) => x[i % size]!),
      Float64Array.from(grid, (i) => y[Math.floor(i / size)]!),
      Float64Array.from(grid, (i) => labels[moment * size * size + i]!),
    ],
  };
}

/** The paths of test rows to the embeddings of their classes, in the plane of these; `wide` where it stands alone. */
export function trajectoriesSpec(paths: Trajectories, theme: Theme, problem: string, wide: boolean): PlotSpec {
  const { states, times, rows, dimension: m, embeddings, truth, labels, classes } = paths;
  const { mean, axes } = principalAxes(Float64Array.from(embeddings), m, 2);
  const project = (read: (j: number) => number, axis: number) => {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += (read(j) - mean[j]!) * axes[axis * m + j]!;
    return sum;
  };
  const count = times.length;
  const entries = classes.map((label, k): LegendEntry => ({ key: label, label, color: classColor(theme, k) }));
  const homes = entries.map(({ key, color }, k) => {
    const at = (axis: number) => [project((j) => embeddings[k * m + j]!, axis)];
    return points({ label: '', key, x: at(0), y: at(1), color, marker: 'square', guide: true });
  });
  const ways = Array.from({ length: rows }, (_, row): Mark[] => {
    const at = (axis: number) => Array.from(times, (_t, k) => project((j) => states[(row * count + k) * m + j]!, axis));
    const x = at(0);
    const y = at(1);
    const { key, label, color } = entries[truth[row]!]!;
    const marker = truth[row] === labels[row] ? 'circle' : 'cross';
    return [
      line({ label, x, y, color, width: 1, opacity: 0.6 }),
      points({ label: '', key, x: x.slice(-1), y: y.slice(-1), color, marker, guide: true }),
    ];
  });
  return {
    id: 'trajectories',
    title: 'Test rows in the embedding',
    about: 'From noise to their class’ embedding, a square; by true class, and wrong ones end in a cross.',
    x: { title: 'first axis of the class embeddings', symbol: 'first axis' },
    y: { title: 'second axis' },
    cursor: 'point',
    // the classes in their own order first, for the legend
    marks: [...entries.map(named), ...ways.flat(), ...homes],
    explanations: [explanations.trajectories],
    problem,
    tall: true,
    wide,
  };
}

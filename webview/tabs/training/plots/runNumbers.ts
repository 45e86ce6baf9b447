import { uniform } from '../../../../src/core/math/spacing';
import type { Boundary, Evaluation } from '../../../../src/core/runs/results';
import type { Numbers } from '../../../charts/numbers';

/** Inputs on the grid, and the index of the class nearest the state at a moment. */
export function boundaryNumbers({ xRange, yRange, size, labels, features }: Boundary, moment: number): Numbers {
  const [x, y] = [uniform(...xRange, size), uniform(...yRange, size)];
  const cells = Array.from({ length: size * size }, (_, i) => i);
  return {
    names: [...features, 'class'],
    columns: [
      Float64Array.from(cells, (i) => x[i % size]!),
      Float64Array.from(cells, (i) => y[Math.floor(i / size)]!),
      Float64Array.from(cells, (i) => labels[moment * size * size + i]!),
    ],
  };
}

/** A row for each true class: how many got each label. */
export const confusionNumbers = ({ confusion, classes }: Evaluation): Numbers => ({
  names: classes.map((label) => `label ${label}`),
  columns: classes.map((_, column) =>
    Float64Array.from(classes, (_row, row) => confusion[row * classes.length + column]!),
  ),
});

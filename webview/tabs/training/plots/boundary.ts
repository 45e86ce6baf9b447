import { uniform } from '../../../../src/core/math/spacing';
import { explanations } from '../../../../src/core/reference/explanations';
import type { Boundary } from '../../../../src/core/runs/evaluationResults';
import type { LegendEntry, Mark } from '../../../plot/marks/mark';
import { points } from '../../../plot/marks/points';
import { probabilityField } from '../../../plot/marks/probabilityField';
import type { Numbers } from '../../../plot/numbers';
import { classColor } from '../../../plot/palette';
import type { PlotSpec } from '../../../plot/spec';
import type { Theme } from '../../../plot/theme';

/** The number of the time at a share of all, 0 to 1. */
export const momentAt = (times: ArrayLike<number>, share: number): number => Math.round(share * (times.length - 1));

/** The probabilities on a grid of inputs, with rows of the data over them; `moment` is the number of the time shown. */
export function boundarySpec(map: Boundary, moment: number, theme: Theme, problem: string): PlotSpec {
  const { xRange, yRange, size, labels, probabilities, classes, features, times } = map;
  const m = classes.length;
  const cell = (column: number, row: number) => (moment * size + row) * size + column;
  const percent = (column: number, row: number, k: number) =>
    `${Math.round((100 / 255) * probabilities[cell(column, row) * m + k]!)} %`;
  const entries = classes.map((label, k): LegendEntry => {
    return { key: label, label, color: classColor(theme, k), marker: 'square', line: false };
  });
  const fields = entries.map((legend, k) =>
    probabilityField({
      legend,
      x: xRange,
      y: yRange,
      size,
      classes: m,
      probability: (column, row) => probabilities[cell(column, row) * m + k]! / 255,
      leads: (column, row) => labels[cell(column, row)] === k,
      text: (column, row) => `${legend.label}, ${percent(column, row, k)}`,
    }),
  );
  const when = times.length > 1 ? ` at t = ${times[moment]!.toFixed(2)}` : '';
  return {
    id: 'boundary',
    title: 'Decision boundary',
    about: `The classes by their probability${when}. Dots are train rows, rings test rows.`,
    x: { title: features[0]!, range: xRange },
    y: { title: features[1]!, range: yRange },
    cursor: 'point',
    marks: [...fields, ...entries.flatMap((entry, k) => dataMarks(map, entry, k))],
    explanations: [explanations.boundary],
    numbers: () => boundaryNumbers(map, moment),
    problem,
    tall: true,
  };
}

/** The rows of a class: dots for train rows, rings for test rows. */
function dataMarks({ points: data }: Boundary, { key, color }: LegendEntry, k: number): Mark[] {
  return ([0, 1] as const).map((part) => {
    const rows = Array.from(data.truth.keys()).filter((i) => data.truth[i] === k && data.test[i] === part);
    const along = (axis: number) => Float64Array.from(rows, (i) => data.x[2 * i + axis]!);
    return points({
      label: '',
      key,
      x: along(0),
      y: along(1),
      color,
      marker: part ? 'ring' : 'dot',
      guide: true,
      edged: true,
    });
  });
}

/** Inputs on the grid, the index of the class nearest the state at a moment, and the probability of each. */
function boundaryNumbers(map: Boundary, moment: number): Numbers {
  const { xRange, yRange, size, labels, probabilities, features, classes } = map;
  const x = uniform(...xRange, size);
  const y = uniform(...yRange, size);
  const grid = Array.from({ length: size * size }, (_, i) => i);
  const first = moment * size * size;
  return {
    names: [...features, 'class', ...classes.map((label) => `p(${label})`)],
    columns: [
      Float64Array.from(grid, (i) => x[i % size]!),
      Float64Array.from(grid, (i) => y[Math.floor(i / size)]!),
      Float64Array.from(grid, (i) => labels[first + i]!),
      ...classes.map((_, k) => Float64Array.from(grid, (i) => probabilities[(first + i) * classes.length + k]! / 255)),
    ],
  };
}

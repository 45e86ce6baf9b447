import { BASE, EQUATIONS, COMPARED, type RunConclusion } from '../../../../src/core/conclusion/conclusion';
import { integratorOf } from '../../../../src/core/integrators';
import { explanations } from '../../../../src/core/reference/explanations';
import { formatNumber } from '../../../../src/core/text/format';
import type { Table } from '../../../../src/core/text/tables';
import { dynamicsName, dynamicsStroke } from '../../../plot/dynamicsStroke';
import { MARKERS } from '../../../plot/markers';
import { line } from '../../../plot/marks/line';
import type { Numbers } from '../../../plot/numbers';
import type { PlotSpec } from '../../../plot/spec';
import type { Theme } from '../../../plot/theme';

const nameOf = (id: string) => dynamicsName({ id, params: {}, noise: false });

const markerOf = (k: number) => MARKERS[k % MARKERS.length]!;

/** Accuracy against steps under one schedule: a line for each equation, a marker for each method. */
export function accuracySpec(value: RunConclusion, schedule: number, theme: Theme): PlotSpec {
  const { points, methods, steps, schedules, problem } = value;
  const marks = [BASE, ...COMPARED].flatMap((id) =>
    methods.map((method, k) => {
      const own = points.filter((one) => one.schedule === schedule && one.dynamics === id && one.method === method);
      return line({
        label: nameOf(id),
        x: own.map((one) => steps.indexOf(one.steps) + 0.5),
        y: own.map(({ accuracy }) => accuracy),
        ...dynamicsStroke(theme, { id, noise: false }),
        marker: markerOf(k),
        opacity: k ? 0.7 : 1,
      });
    }),
  );
  const words = methods.map((method, k) => `${markerOf(k)}s ${integratorOf(method).title}`).join(', ');
  return {
    id: 'conclusion-accuracy',
    title: 'Accuracy against steps',
    about: `${schedules[schedule]!.label}: share of test rows labelled right after so many steps, uniform in t; ${words}.`,
    x: { title: 'steps', range: [0, steps.length], names: steps.map(String) },
    y: { title: 'accuracy', most: 1 },
    marks,
    explanations: [explanations.conclusion],
    numbers: () => accuracyNumbers(value, schedule),
    problem,
    tall: true,
  };
}

/** The step counts, and the accuracy of each equation by each method. */
function accuracyNumbers({ points, methods, steps }: RunConclusion, schedule: number): Numbers {
  const columns = [BASE, ...COMPARED].flatMap((id) => methods.map((method) => ({ id, method })));
  return {
    names: ['steps', ...columns.map(({ id, method }) => `accuracy ${nameOf(id)}, ${integratorOf(method).title}`)],
    columns: [
      Float64Array.from(steps),
      ...columns.map(({ id, method }) =>
        Float64Array.from(steps, (count) => {
          const found = points.find(
            (one) => one.schedule === schedule && one.dynamics === id && one.method === method && one.steps === count,
          );
          return found?.accuracy ?? NaN;
        }),
      ),
    ],
  };
}

/** The mean gap to the paths of eq. 26 under one schedule, over its window. */
export function gapSpec({ gaps, schedules, problem }: RunConclusion, schedule: number, theme: Theme): PlotSpec {
  const { start, end } = schedules[schedule]!.window;
  const own = gaps.filter((one) => one.schedule === schedule);
  return {
    id: 'conclusion-gap',
    title: 'Gap to the paths of eq. 26',
    about: 'Mean distance of states that began together, noise on the left and data on the right.',
    x: { title: 't', range: [start, end] },
    y: { title: 'mean gap' },
    marks: own.map(({ dynamics: id, times, gap }) =>
      line({ label: nameOf(id), x: times, y: gap, ...dynamicsStroke(theme, { id, noise: false }) }),
    ),
    explanations: [explanations.conclusion],
    problem,
    tall: true,
  };
}

/** Every finding as a table: what holds, the run that falls short most, and how far the paths are apart. */
export function findingsTable({ findings, gaps, schedules }: RunConclusion): Table {
  const names = ['schedule', 'equation', 'holds', 'worst', 'accuracy', 'below eq. 26', '±', 'early gap', 'late gap'];
  const rows = findings.map(({ schedule, dynamics, holds, worst }) => {
    const paths = gaps.find((one) => one.schedule === schedule && one.dynamics === dynamics);
    const at = `${integratorOf(worst.method).title}, ${worst.steps} steps`;
    const { accuracy, drop, error } = worst;
    const apart = [paths?.early ?? NaN, paths?.late ?? NaN];
    return [
      schedules[schedule]!.label,
      EQUATIONS[dynamics]!,
      holds ? 'yes' : 'no',
      at,
      accuracy,
      drop,
      error,
      ...apart,
    ];
  });
  return { names, rows };
}

/** A cell as the page shows it. */
export const cellText = (cell: string | number): string => (typeof cell === 'number' ? formatNumber(cell, 3) : cell);

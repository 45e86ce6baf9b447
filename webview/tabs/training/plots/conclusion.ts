import { BASE, EQUATIONS, RIVALS } from '../../../../src/core/conclusion/result';
import { formatNumber } from '../../../../src/core/text/format';
import { integratorOf } from '../../../../src/core/integrators';
import type { Table } from '../../../../src/core/text/tables';
import type { RunConclusion } from '../../../../src/core/conclusion/result';
import type { Numbers } from '../../../charts/numbers';
import { dynamicsName, dynamicsStroke } from '../../../plot/dynamicsStroke';
import type { Theme } from '../../../plot/theme';
import type { Marker, Picture } from '../../../pictures/picture';

const MARKERS: readonly Marker[] = ['circle', 'square'];

const named = (id: string) => dynamicsName({ id, params: {}, noise: false });

/** Accuracy against steps under one schedule: a line for each equation, a marker for each method. */
export function accuracyPicture({ points, methods, steps }: RunConclusion, schedule: number, theme: Theme): Picture {
  const series = [BASE, ...RIVALS].flatMap((id) =>
    methods.map((method, k) => {
      const own = points.filter((one) => one.schedule === schedule && one.dynamics === id && one.method === method);
      return {
        label: named(id),
        x: own.map((one) => steps.indexOf(one.steps) + 0.5),
        y: own.map(({ accuracy }) => accuracy),
        ...dynamicsStroke(theme, { id, noise: false }),
        marker: MARKERS[k % MARKERS.length]!,
        opacity: k ? 0.7 : 1,
      };
    }),
  );
  return {
    x: { title: 'steps', range: [0, steps.length], names: steps.map(String) },
    y: { title: 'accuracy', most: 1 },
    series,
  };
}

/** Which marker is which method. */
export const methodText = ({ methods }: RunConclusion): string =>
  methods.map((method, k) => `${MARKERS[k % MARKERS.length]}s ${integratorOf(method).title}`).join(', ');

/** The step counts, and the accuracy of each equation by each method. */
export function accuracyNumbers({ points, methods, steps }: RunConclusion, schedule: number): Numbers {
  const columns = [BASE, ...RIVALS].flatMap((id) => methods.map((method) => ({ id, method })));
  return {
    names: ['steps', ...columns.map(({ id, method }) => `accuracy ${named(id)}, ${integratorOf(method).title}`)],
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
export function gapPicture({ gaps, schedules }: RunConclusion, schedule: number, theme: Theme): Picture {
  const { start, end } = schedules[schedule]!.window;
  const series = gaps
    .filter((one) => one.schedule === schedule)
    .map(({ dynamics: id, times, gap }) => ({
      label: named(id),
      x: times,
      y: gap,
      ...dynamicsStroke(theme, { id, noise: false }),
    }));
  return { x: { title: 't', range: [start, end] }, y: { title: 'mean gap' }, series };
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

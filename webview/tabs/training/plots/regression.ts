import { explanations } from '../../../../src/core/reference/explanations';
import type { Evaluation, Trajectories } from '../../../../src/core/runs/evaluationResults';
import { line } from '../../../plot/marks/line';
import { points } from '../../../plot/marks/points';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

/** Each target's predictions against the truth or, where there is one feature alone, both against this. */
export function predictionsSpec(
  { targets = [], feature, rows }: Evaluation,
  features: readonly string[],
  theme: Theme,
  problem: string,
): PlotSpec {
  const dots = (label: string, x: ArrayLike<number>, y: ArrayLike<number>, k: number) =>
    points({ label, x, y, color: seriesColor(theme, k), marker: 'dot' });
  const several = targets.length > 1;
  const nameOf = (what: string, name: string) => (several ? `${what} ${name}` : what);
  const rest = {
    id: 'predictions',
    title: 'Predictions',
    about: `${rows} test rows, in the target’s own unit.`,
    cursor: 'point',
    explanations: [explanations.predictions],
    problem,
    tall: true,
  } as const;
  if (feature)
    return {
      ...rest,
      x: { title: features[0]! },
      y: { title: several ? 'target' : targets[0]!.name },
      marks: targets.flatMap(({ name, truth, predicted }, k) => [
        dots(nameOf('true', name), feature, truth, 2 * k),
        dots(nameOf('predicted', name), feature, predicted, 2 * k + 1),
      ]),
    };
  const all = targets.flatMap(({ truth }) => [...truth]);
  const ends = all.length ? [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))] : [];
  return {
    ...rest,
    x: { title: 'true' },
    y: { title: 'predicted' },
    marks: [
      line({ label: 'equal', x: ends, y: ends, color: theme.muted, dash: [4, 4], guide: true }),
      ...targets.map(({ name, truth, predicted }, k) => dots(name, truth, predicted, k)),
    ],
  };
}

/** The first target's coordinate of each row's state over t, and the true value where it should end. */
export function targetPathsSpec(paths: Trajectories, theme: Theme, problem: string): PlotSpec {
  const { times, states, rows, dimension: m, targets, targetNames } = paths;
  const count = times.length;
  const last = times[count - 1]!;
  const ways = Array.from({ length: rows }, (_, row) =>
    line({
      label: 'state',
      x: times,
      y: Array.from(times, (_t, k) => states[(row * count + k) * m]!),
      color: seriesColor(theme, 0),
      width: 1,
      opacity: 0.6,
      dots: false,
    }),
  );
  const truth = points({
    label: 'true value',
    x: Array.from({ length: rows }, () => last),
    y: Array.from({ length: rows }, (_, row) => targets?.[row * m] ?? NaN),
    color: seriesColor(theme, 1),
    marker: 'circle',
  });
  return {
    id: 'trajectories',
    title: 'Test rows on their way',
    about: 'The state of each row from noise to t = 1, in the target’s own unit, and the true values.',
    x: { title: 't' },
    y: { title: targetNames?.[0] ?? 'target' },
    marks: [...ways, truth],
    explanations: [explanations.ways],
    problem,
    tall: true,
  };
}

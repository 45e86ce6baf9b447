import type { Evaluation, Trajectories } from '../../../../src/core/runs/results';
import type { Theme } from '../../../plot/theme';
import type { Picture, Series } from '../../../pictures/picture';

const colorOf = ({ series }: Theme, k: number) => series[k % series.length]!;

/** Each target's predictions against the truth or, where there is one feature alone, both against this. */
export function predictionPicture(
  { targets = [], feature }: Evaluation,
  features: readonly string[],
  theme: Theme,
): Picture {
  const dots = (label: string, x: ArrayLike<number>, y: ArrayLike<number>, k: number): Series => ({
    label,
    x,
    y,
    color: colorOf(theme, k),
    marker: 'dot',
    line: false,
  });
  const named = (what: string, name: string) => (targets.length > 1 ? `${what} ${name}` : what);
  if (feature)
    return {
      x: { title: features[0]! },
      y: { title: targets.length > 1 ? 'target' : targets[0]!.name },
      series: targets.flatMap(({ name, truth, predicted }, k) => [
        dots(named('true', name), feature, truth, 2 * k),
        dots(named('predicted', name), feature, predicted, 2 * k + 1),
      ]),
    };
  const all = targets.flatMap(({ truth }) => [...truth]);
  const ends = all.length ? [all.reduce((a, b) => Math.min(a, b)), all.reduce((a, b) => Math.max(a, b))] : [];
  return {
    x: { title: 'true' },
    y: { title: 'predicted' },
    series: [
      { label: 'equal', x: ends, y: ends, color: theme.muted, dash: [4, 4], guide: true },
      ...targets.map(({ name, truth, predicted }, k) => dots(name, truth, predicted, k)),
    ],
  };
}

/** The first target's coordinate of each row's state over t, and the true value where it should end. */
export function pathPicture(
  { times, states, rows, dimension: m, targets, targetNames }: Trajectories,
  theme: Theme,
): Picture {
  const count = times.length;
  const name = targetNames?.[0] ?? 'target';
  const last = times[count - 1]!;
  const paths = Array.from({ length: rows }, (_, row): Series => ({
    label: 'state',
    x: times,
    y: Array.from(times, (_t, k) => states[(row * count + k) * m]!),
    color: colorOf(theme, 0),
    width: 1,
    opacity: 0.6,
  }));
  const truth: Series = {
    label: 'true value',
    x: Array.from({ length: rows }, () => last),
    y: Array.from({ length: rows }, (_, row) => targets?.[row * m] ?? NaN),
    color: colorOf(theme, 1),
    marker: 'circle',
    line: false,
  };
  return { x: { title: 't' }, y: { title: name }, series: [...paths, truth] };
}

import { dynamicsExplanations as explanations } from '../../../../src/core/dynamics/explanations';
import { line } from '../../../plot/marks/line';
import { named } from '../../../plot/marks/mark';
import { points } from '../../../plot/marks/points';
import { shadeOutside } from '../../../plot/marks/shade';
import type { PlotSpec } from '../../../plot/spec';
import { xAxisOf, TIME } from '../timeAxis';
import type { DynamicsLine, ShownDynamics } from './shownDynamics';

/** The gap of a dynamics from another at every time; the common start has no place on a log axis. */
const gapOf = ({ paths }: ShownDynamics, base: number, { index }: DynamicsLine): Float64Array => {
  const { gaps, rows, times } = paths;
  const from = (base * rows.length + index) * times.length;
  return gaps.slice(from, from + times.length);
};

/** How far the dynamics are from one of them. */
export function gapSpec(shown: ShownDynamics, base: DynamicsLine): PlotSpec {
  const { axis, lines, x, paths } = shown;
  const others = lines.filter(({ index }) => index !== base.index);
  return {
    id: 'gap',
    title: 'Gap',
    about: others.length
      ? 'Root mean square distance over all paths.'
      : 'The distance of two dynamics appears here once another is ticked beside the chosen one.',
    x: xAxisOf(axis),
    y: { title: 'RMS distance', log: true },
    marks: [
      shadeOutside(axis.inside, axis.full),
      ...others.map((other) => {
        const y = gapOf(shown, base.index, other).map((value) => value || NaN);
        return line({ label: other.label, x, y, ...other.stroke });
      }),
    ],
    view: TIME,
    legend: 'tab',
    numbers: () => ({
      names: ['t', 'γ', axis.symbol, ...others.map(({ label }) => `gap of ${label} from ${base.label}`)],
      columns: [paths.times, paths.logSnr, x, ...others.map((other) => gapOf(shown, base.index, other))],
    }),
    explanations: [explanations.gap],
    problem: paths.problem,
  };
}

const TRUTH = 'noisy data';

/** The variance of each dynamics over its paths, exact where there is a closed form, and that of the process. */
export function varianceSpec(shown: ShownDynamics): PlotSpec {
  const { paths, axis, lines, theme, x } = shown;
  const { times, logSnr, truth, d } = paths;
  const process =
    truth &&
    line({
      label: TRUTH,
      x,
      y: truth.variance,
      color: theme.foreground,
      width: 6,
      opacity: theme.contrast ? 0.5 : 0.22,
      reads: false,
      dots: false,
    });
  const samples = lines.map(({ label, row, stroke }) => line({ label, x, y: row.variance, ...stroke }));
  const theories = lines.filter(({ row }) => row.theory);
  const exact = theories.map(({ row, stroke: { color } }) => {
    const { steps, variance } = row.theory!;
    const at = Float64Array.from(steps, (k) => x[k]!);
    return points({ label: '', x: at, y: variance, color, marker: 'dot', guide: true });
  });
  return {
    id: 'variance',
    title: `Variance${d > 1 ? ', mean over coordinates' : ''}`,
    about: `Over ${paths.n} paths${truth ? '; the wide line is what noisy data have' : ''}${exact.length ? '; dots are exact' : ''}.`,
    x: xAxisOf(axis),
    y: { title: 'variance', log: true },
    marks: [
      shadeOutside(axis.inside, axis.full),
      ...(process ? [named({ key: TRUTH, label: TRUTH, color: theme.foreground }), process] : []),
      ...samples,
      ...exact,
    ],
    view: TIME,
    legend: 'tab',
    numbers: () => ({
      names: [
        't',
        'γ',
        axis.symbol,
        ...(truth ? [TRUTH] : []),
        ...lines.map(({ label }) => `sample, ${label}`),
        ...theories.map(({ label }) => `exact, ${label}`),
      ],
      columns: [
        times,
        logSnr,
        x,
        ...(truth ? [truth.variance] : []),
        ...lines.map(({ row }) => row.variance),
        ...theories.map(({ row }) => {
          const column = times.map(() => NaN);
          row.theory!.steps.forEach((k, i) => (column[k] = row.theory!.variance[i]!));
          return column;
        }),
      ],
    }),
    explanations: [explanations.variance, explanations.collapse],
    problem: paths.problem,
  };
}

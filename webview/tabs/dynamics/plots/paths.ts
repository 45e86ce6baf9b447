import { dynamicsExplanations as explanations } from '../../../../src/core/dynamics/explanations';
import { QUANTILES } from '../../../../src/core/dynamics/paths';
import { formatNumber } from '../../../../src/core/text/format';
import type { Range } from '../../../plot/range';
import { columnOf, interpolate, placeIn } from '../../../plot/interpolate';
import { band } from '../../../plot/marks/band';
import { line, type LineMark } from '../../../plot/marks/line';
import { joined, named, type AtCursor, type Mark } from '../../../plot/marks/mark';
import { shadeOutside } from '../../../plot/marks/shade';
import type { Numbers } from '../../../plot/numbers';
import type { PlotSpec } from '../../../plot/spec';
import { xAxisOf, TIME } from '../timeAxis';
import { driftField } from '../../../plot/driftField';
import { shownPaths, timeAt, type DynamicsLine, type ShownDynamics } from './shownDynamics';

const WIDTH = QUANTILES.length;
const MEDIAN = QUANTILES.indexOf(0.5);

/** A dynamics on the axes of the plot: its positions, and what its states are multiplied by. */
interface Drawn extends DynamicsLine {
  readonly x: Float64Array;
  readonly factor: Float64Array | undefined;
}

/** The dynamics that can be drawn: by its own clock only those that have one. */
const drawnOf = ({ lines, axis, x, paths }: ShownDynamics): Drawn[] =>
  lines.flatMap((one): Drawn[] => {
    if (axis.id !== 'own') return [{ ...one, x, factor: undefined }];
    const { course } = one;
    return course ? [{ ...one, x: paths.logSnr.map(course.elapsed), factor: paths.logSnr.map(course.factor) }] : [];
  });

const scaled = (values: Float64Array, factor: Float64Array | undefined): Float64Array =>
  factor ? values.map((value, k) => value * factor[k]!) : values;

/** The paths of the dynamics over the drift of the chosen one. */
export function pathsSpec(shown: ShownDynamics): PlotSpec {
  const { paths, axis, lines } = shown;
  const own = axis.id === 'own';
  const drawn = drawnOf(shown);
  const chosen = drawn.find(({ index }) => index === 0);
  const out = lines.filter((one) => own && !one.course).map(({ label }) => label);
  const groups = drawn.map((one, k) => pathMarks(shown, one, k === 0));
  const { field } = paths;
  const drift =
    field && chosen ? [driftField({ drift: field, axis, course: chosen.course, timeAt: (x) => timeAt(shown, x) })] : [];
  return {
    id: 'paths',
    title: `Paths ${own ? 'φz' : 'z'}${paths.d > 1 ? ', first coordinate' : ''}`,
    about: aboutOf(shown, drawn, out),
    x: own ? { ...xAxisOf(axis), title: 'own clock ψ of each, as a share of its range' } : xAxisOf(axis),
    y: { title: own ? 'φz' : 'z', range: (part) => rangeOf(groups, part) },
    marks: [
      shadeOutside(axis.inside, axis.full),
      ...drift,
      ...drawn.map(({ key, label, stroke }) => named({ key, label, ...stroke })),
      ...(drawn[0] ? bandsOf(shown, drawn[0]) : []),
      ...groups.flat(),
    ],
    view: TIME,
    at: (x) => pathsAt(shown, drawn, x),
    legend: 'tab',
    numbers: () => numbersOf(shown, drawn),
    explanations: own ? [explanations.clock, explanations.paths] : [explanations.paths, explanations.clock],
    problem: paths.problem,
    principal: true,
  };
}

function aboutOf({ axis, paths }: ShownDynamics, drawn: readonly Drawn[], out: readonly string[]): string {
  const without = out.length ? ` Left out, as without a clock: ${out.join(', ')}.` : '';
  if (!drawn.length) return `Nothing is shown.${without}`;
  const bands = `Bands of 50 and 90 % of ${paths.n} paths`;
  if (axis.id === 'own') return `${bands}; faint lines are straight: u held at its last value.${without}`;
  return `${bands}; faint lines: u held at its last value.`;
}

/** Faint closed forms, thin paths and the median of one dynamics. */
function pathMarks(shown: ShownDynamics, { x, factor, row, stroke, key, label }: Drawn, first: boolean): LineMark[] {
  const { paths, theme, axis } = shown;
  const chosen = shownPaths(paths, first);
  const path = (states: Float64Array, i: number) => scaled(columnOf(states, paths.drawn, i), factor);
  const { color } = stroke;
  const held = (i: number) =>
    line({
      label: '',
      x,
      y: path(row.oracle, i),
      color: first ? theme.foreground : color,
      width: 1,
      opacity: theme.contrast ? 0.5 : 0.25,
      guide: true,
    });
  const drawn = (i: number) =>
    line({
      label: '',
      x,
      y: path(row.paths, i),
      color,
      dash: row.entry.noise ? [] : stroke.dash,
      width: first ? 1.1 : 1.25,
      opacity: first && !theme.contrast ? 0.75 : 1,
      guide: true,
    });
  const oracles = first || axis.id === 'own' ? chosen : [];
  const median = first ? [line({ key, label, x, y: medianOf(row.quantiles, factor), color, width: 2.75 })] : [];
  return [...oracles.map(held), ...chosen.map(drawn), ...median];
}

const medianOf = (quantiles: Float64Array, factor: Float64Array | undefined) =>
  scaled(columnOf(quantiles, WIDTH, MEDIAN), factor);

/** The bands of the first dynamics: 90 and 50 % of its paths. */
function bandsOf({ theme }: ShownDynamics, { x, factor, row, stroke: { color } }: Drawn): Mark[] {
  const level = (i: number) => scaled(columnOf(row.quantiles, WIDTH, i), factor);
  const strength = theme.contrast ? 1.6 : 1;
  const between = (low: number, high: number, opacity: number) =>
    band({ x, low: level(low), high: level(high), color, opacity: opacity * strength });
  return [between(0, WIDTH - 1, 0.1), between(1, WIDTH - 2, 0.14)];
}

/**
 * Ends of the y axis: what the first dynamics covers, and of the others no more than as much again on each side, so
 * that one that leaves the plot does not squash the rest.
 */
function rangeOf(groups: readonly (readonly LineMark[])[], part: Range | undefined): Range {
  const span = (marks: readonly Mark[]) =>
    marks.reduce<Range | undefined>(
      (sum, mark) => joined(sum, mark.extent?.('y', { log: false, shown: part })),
      undefined,
    );
  const [low, high] = span(groups[0] ?? []) ?? [NaN, NaN];
  if (!(low <= high)) return [-1, 1];
  const [least, most] = span(groups.flat())!;
  const bulk = high - low || 1;
  // States that are lost say nothing of where the rest is.
  const [floor, ceiling] = bulk < 1e3 ? [low - bulk, high + bulk] : [-4, 4];
  const from = Math.max(least, floor);
  const to = Math.min(most, ceiling);
  const room = 0.04 * (to - from || 1);
  return [from - room, to + room];
}

/** The times, and of each dynamics its own clock where that is the axis, its quantiles, paths and closed forms. */
function numbersOf({ paths, axis }: ShownDynamics, drawn: readonly Drawn[]): Numbers {
  const own = axis.id === 'own';
  const names = ['t', 'γ'];
  const columns = [paths.times, paths.logSnr];
  const add = (name: string, column: Float64Array) => {
    names.push(name);
    columns.push(column);
  };
  for (const { label, row, x, factor } of drawn) {
    if (own) add(`ψ share, ${label}`, x);
    const what = own ? 'φz' : 'z';
    QUANTILES.forEach((share, i) =>
      add(`${100 * share} % of ${what}, ${label}`, scaled(columnOf(row.quantiles, WIDTH, i), factor)),
    );
    for (const [name, states] of [
      ['path', row.paths],
      ['closed form', row.oracle],
    ] as const)
      for (let i = 0; i < paths.drawn; i++)
        add(`${what} ${name} ${i + 1}, ${label}`, scaled(columnOf(states, paths.drawn, i), factor));
  }
  return { names, columns };
}

/** The paths at the time of a position, each on its own clock where that is the axis, and the median of each dynamics. */
function pathsAt(shown: ShownDynamics, drawn: readonly Drawn[], x: number): AtCursor {
  const { paths } = shown;
  const step = placeIn(paths.times, timeAt(shown, x));
  const at = (one: Drawn, values: Float64Array, width: number, i: number) => {
    const state = interpolate(values, step, width, i);
    return one.factor ? state * interpolate(one.factor, step) : state;
  };
  return {
    dots: drawn.flatMap((one, k) =>
      shownPaths(paths, k === 0).map((i) => ({
        x: interpolate(one.x, step),
        y: at(one, one.row.paths, paths.drawn, i),
        color: one.stroke.color,
      })),
    ),
    readings: drawn.map((one) => ({
      key: one.label,
      label: one.label,
      text: formatNumber(at(one, one.row.quantiles, WIDTH, MEDIAN)),
      symbol: one.stroke,
    })),
  };
}

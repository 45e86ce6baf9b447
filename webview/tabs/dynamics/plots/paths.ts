import type { NormalisedClock } from '../../../../src/core/dynamics';
import { dynamicsExplanations as explanations } from '../../../../src/core/dynamics/explanations';
import { formatNumber } from '../../../../src/core/text/format';
import { QUANTILES } from '../../../../src/core/dynamics/paths';
import type { Range } from '../../../charts/gestures';
import type { Numbers } from '../../../charts/numbers';
import { columnOf, valueAlong, type Place } from '../../../pictures/along';
import type { Card } from '../../../pictures/card';
import type { Band, Picture, Series } from '../../../pictures/picture';
import { drawField } from './field';
import { shownPaths, timeAt, type AtCursor, type Line, type Scene } from './scene';

const WIDTH = QUANTILES.length;
const MEDIAN = QUANTILES.indexOf(0.5);

/** A dynamics on the axes of the picture: its positions, and what its states are multiplied by. */
interface Drawn extends Line {
  readonly x: Float64Array;
  readonly factor: Float64Array | undefined;
}

/** Draws the drift of the chosen dynamics, where it was computed. */
function fieldUnder(scene: Scene, course: NormalisedClock | undefined): Picture['under'] {
  const { axis, theme, picture } = scene;
  const { field } = picture;
  return field && ((paint) => drawField(paint, { field, theme, axis, course, timeAt: (x) => timeAt(scene, x) }));
}

/** The lines that can be drawn: by its own clock only those that have one. */
const drawnOf = ({ lines, axis, x, picture }: Scene): Drawn[] =>
  lines.flatMap((line): Drawn[] => {
    if (axis.id !== 'own') return [{ ...line, x, factor: undefined }];
    const { course } = line;
    return course
      ? [{ ...line, x: picture.logSnr.map(course.elapsed), factor: picture.logSnr.map(course.factor) }]
      : [];
  });

const scaled = (values: Float64Array, factor: Float64Array | undefined): Float64Array =>
  factor ? values.map((value, k) => value * factor[k]!) : values;

/** The paths of the dynamics over the drift of the chosen one. */
export function pathsCard(scene: Scene): Omit<Card, 'look' | 'readings'> {
  const { picture, axis, lines } = scene;
  const own = axis.id === 'own';
  const drawn = drawnOf(scene);
  const chosen = drawn.find(({ index }) => index === 0);
  const series = drawn.flatMap((line) => pathSeries(scene, line, line === drawn[0]));
  const out = lines.filter((line) => own && !line.course).map(({ label }) => label);
  return {
    id: 'paths',
    title: `Paths ${own ? 'φz' : 'z'}${picture.d > 1 ? ', first coordinate' : ''}`,
    about: aboutOf(scene, drawn, out),
    picture: {
      x: {
        title: own ? 'own clock ψ of each, as a share of its range' : axis.title,
        powers: axis.powers,
        range: axis.full,
      },
      y: { title: own ? 'φz' : 'z', range: (shown) => rangeOf(series, drawn, shown) },
      inside: axis.inside,
      series,
      bands: drawn[0] ? bandsOf(scene, drawn[0]) : [],
      under: chosen && fieldUnder(scene, chosen.course),
    },
    numbers: () => numbersOf(scene, drawn),
    explanations: own ? [explanations.clock, explanations.paths] : [explanations.paths, explanations.clock],
    keyed: false,
    principal: true,
  };
}

function aboutOf({ axis, picture }: Scene, drawn: readonly Drawn[], out: readonly string[]): string {
  const without = out.length ? ` Left out, as without a clock: ${out.join(', ')}.` : '';
  if (!drawn.length) return `Nothing is shown.${without}`;
  const bands = `Bands of 50 and 90 % of ${picture.n} paths`;
  if (axis.id === 'own') return `${bands}; faint lines are straight: u held at its last value.${without}`;
  return `${bands}; faint lines: u held at its last value.`;
}

/** Faint closed forms, thin paths and the median of one dynamics. */
function pathSeries(scene: Scene, { x, factor, row, stroke, label }: Drawn, first: boolean): Series[] {
  const { picture, theme, axis } = scene;
  const { drawn } = picture;
  const chosen = shownPaths(scene, first);
  const path = (states: Float64Array, i: number) => scaled(columnOf(states, drawn, i), factor);
  const oracles = first || axis.id === 'own' ? chosen : [];
  return [
    ...oracles.map((i) => ({
      label: '',
      x,
      y: path(row.oracle, i),
      color: first ? theme.foreground : stroke.color,
      width: 1,
      opacity: theme.contrast ? 0.5 : 0.25,
      guide: true,
    })),
    ...chosen.map((i) => ({
      label,
      x,
      y: path(row.paths, i),
      color: stroke.color,
      dash: row.entry.noise ? [] : stroke.dash,
      width: first ? 1.1 : 1.25,
      opacity: first && !theme.contrast ? 0.75 : 1,
    })),
    ...(first ? [{ label, x, y: medianOf(row.quantiles, factor), color: stroke.color, width: 2.75 }] : []),
  ];
}

const medianOf = (quantiles: Float64Array, factor: Float64Array | undefined) =>
  scaled(columnOf(quantiles, WIDTH, MEDIAN), factor);

/** The bands of the first dynamics: 90 and 50 % of its paths. */
function bandsOf({ theme }: Scene, { x, factor, row, stroke }: Drawn): Band[] {
  const level = (i: number) => scaled(columnOf(row.quantiles, WIDTH, i), factor);
  const band = (low: number, high: number, opacity: number): Band => ({
    x,
    low: level(low),
    high: level(high),
    color: stroke.color,
    opacity,
  });
  const strength = theme.contrast ? 1.6 : 1;
  return [band(0, WIDTH - 1, 0.1 * strength), band(1, WIDTH - 2, 0.14 * strength)];
}

/**
 * Ends of the y axis: what the first dynamics covers, and of the others no more than as much again on each side, so
 * that one that leaves the picture does not squash the rest.
 */
function rangeOf(series: readonly Series[], drawn: readonly Drawn[], shown: Range = [-Infinity, Infinity]): Range {
  const spanOf = (rows: readonly Series[]) => {
    let [low, high] = [Infinity, -Infinity];
    for (const { x, y } of rows)
      Array.from(y).forEach((value, k) => {
        if (Number.isFinite(value) && x[k]! >= shown[0] && x[k]! <= shown[1])
          [low, high] = [Math.min(low, value), Math.max(high, value)];
      });
    return [low, high] as const;
  };
  const [low, high] = spanOf(series.filter(({ label }) => label === drawn[0]?.label));
  if (!(low <= high)) return [-1, 1];
  const [least, most] = spanOf(series);
  const bulk = high - low || 1;
  // States that are lost say nothing of where the rest is.
  const [floor, ceiling] = bulk < 1e3 ? [low - bulk, high + bulk] : [-4, 4];
  const [from, to] = [Math.max(least, floor), Math.min(most, ceiling)];
  const room = 0.04 * (to - from || 1);
  return [from - room, to + room];
}

/** The times, and of each dynamics its own clock where that is the axis, its quantiles, paths and closed forms. */
function numbersOf({ picture, axis }: Scene, drawn: readonly Drawn[]): Numbers {
  const own = axis.id === 'own';
  const names = ['t', 'γ'];
  const columns = [picture.times, picture.logSnr];
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
      for (let i = 0; i < picture.drawn; i++)
        add(`${what} ${name} ${i + 1}, ${label}`, scaled(columnOf(states, picture.drawn, i), factor));
  }
  return { names, columns };
}

/** The paths at the cursor, and the median of each dynamics. */
export function pathsAt(scene: Scene, { step }: { readonly step: Place }): AtCursor {
  const { picture } = scene;
  const drawn = drawnOf(scene);
  const at = (line: Drawn, values: Float64Array, width: number, i: number) =>
    valueAlong(scaled(columnOf(values, width, i), line.factor), step);
  return {
    marks: drawn.flatMap((line, k) =>
      shownPaths(scene, k === 0).map((i) => ({
        x: valueAlong(line.x, step),
        y: at(line, line.row.paths, picture.drawn, i),
        color: line.stroke.color,
      })),
    ),
    readings: drawn.map((line) => ({
      label: line.label,
      text: formatNumber(at(line, line.row.quantiles, WIDTH, MEDIAN)),
      ...line.stroke,
    })),
  };
}

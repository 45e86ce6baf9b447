import { aimReached, isMeasured, normOf, paretoFront, seriesKey, SLOPE_RULE } from '../../../../src/core/compare';
import type { ComparedRow, Comparison } from '../../../../src/core/compare/comparison';
import { formatNumber } from '../../../../src/core/text/format';
import { finalTitle, integratorOf, integrators } from '../../../../src/core/integrators';
import { explanations } from '../../../../src/core/reference/explanations';
import { fade } from '../../../plot/colors';
import { band } from '../../../plot/marks/band';
import { level } from '../../../plot/marks/level';
import { line } from '../../../plot/marks/line';
import { ring } from '../../../plot/marks/ring';
import type { Mark } from '../../../plot/marks/mark';
import { MARKERS } from '../../../plot/markers';
import type { PlotSpec } from '../../../plot/spec';
import { strokeOf } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

/** What a row costs: calls of u for each path, or the time that all paths took. */
export const costs = [
  { id: 'evaluations', title: 'Evaluations', axis: 'evaluations of u a path', symbol: 'evaluations' },
  { id: 'milliseconds', title: 'Milliseconds', axis: 'milliseconds for all paths, on this machine', symbol: 'ms' },
] as const;

export type Cost = (typeof costs)[number]['id'];

/** How the errors of a comparison are measured, in words. */
export const normTitle = ({ norm }: Pick<Comparison, 'norm'>) => `${normOf(norm).title} error`;

/** What the plot of errors is, with the rule of its fits. */
const PRECISION = { ...explanations.precision, sentence: `${explanations.precision.sentence} ${SLOPE_RULE}` };

/** What is done with the method of the line under the pointer; undefined where there is none. */
export type Pointed = (integrator: string | undefined) => void;

/** What both plots of a comparison are drawn from: all of it, the theme, the method whose lines are lifted, and the cost. */
type From = readonly [
  value: Comparison,
  theme: Theme,
  lifted: string | undefined,
  cost: Cost,
  aim: number,
  pointed: Pointed,
];

/** How the line of a method on a grid is drawn, by its place in the plot. */
function looksOf(theme: Theme, integrator: string, i: number, lifted: string | undefined) {
  const index = integrators.findIndex(({ id }) => id === integrator);
  return {
    // The marker is the method's own; colours go by the order in the plot, so that few lines never share one.
    ...strokeOf(theme, i),
    marker: MARKERS[index % MARKERS.length]!,
    width: lifted === integrator ? 3 : 1.75,
    opacity: lifted === undefined || lifted === integrator ? 1 : 0.35,
  };
}

/** The lines of a comparison: a method on a grid each, with its rows by what they cost. */
function linesOf({ rows, slopes }: Comparison, cost: Cost) {
  const grids = new Set(slopes.map(({ grid }) => grid));
  const finals = new Set(slopes.flatMap(({ final }) => final ?? []));
  return slopes.flatMap((slope) => {
    const { integrator, gridTitle, final } = slope;
    const own = rows.filter((row) => seriesKey(row) === seriesKey(slope) && isMeasured(row));
    const name = `${integratorOf(integrator).title}${grids.size > 1 ? `, ${gridTitle.toLowerCase()}` : ''}${final && finals.size > 1 ? `, last step ${finalTitle(final).toLowerCase()}` : ''}`;
    const sorted = [...own].sort((a, b) => a[cost] - b[cost]);
    return own.length ? [{ ...slope, key: seriesKey(slope), name, rows: sorted }] : [];
  });
}

/** What both plots have in common. */
const against = ([value, , , cost, , pointed]: From, what: string) => {
  const { axis: title, symbol } = costs.find(({ id }) => id === cost)!;
  return {
    title: `${what} against ${cost}`,
    x: { title, symbol, log: true },
    problem: value.problem,
    tall: true,
    // the key of a line begins with its method
    pointed: (key: string | undefined) => pointed(key?.split(' ')[0]),
  };
};

/** The aim as a line, and a ring with the cost where each line first comes to it. */
function aimMarks(
  { rows, reference, norm }: Comparison,
  lines: readonly Drawn[],
  theme: Theme,
  aim: number,
  cost: Cost,
) {
  const unit = costs.find(({ id }) => id === cost)!.symbol;
  const rings = aimReached(rows, aim, reference.errors[norm]).flatMap((row): Mark[] => {
    const drawn = lines.find(({ key }) => key === seriesKey(row));
    if (!drawn) return [];
    const value = cost === 'evaluations' ? String(row.evaluations) : formatNumber(row[cost], 3);
    return [
      ring({
        key: drawn.key,
        x: row[cost],
        y: row.error,
        color: drawn.color,
        symbol: { color: drawn.color, marker: 'ring', line: false },
        text: value,
        read: `${value} ${unit === 'ms' ? unit : 'to aim'}`,
        words: `${drawn.name} first comes to the aim with ${value} ${unit}`,
      }),
    ];
  });
  const label = `aim ${formatNumber(aim)}`;
  return [level({ y: aim, label, color: theme.muted, dash: [6, 4] }), ...rings];
}

/** A line as it is drawn, for what stands at it. */
interface Drawn {
  readonly key: string;
  readonly name: string;
  readonly color: string;
}

/** The rows that no other beats, as a line under the others. */
function frontMark({ rows }: Comparison, theme: Theme, cost: Cost): Mark[] {
  const front = paretoFront(rows, (row) => row[cost]);
  if (front.length < 2) return [];
  return [
    line({
      key: 'front',
      label: 'Pareto front: no method is better for less',
      x: front.map((row) => row[cost]),
      y: front.map(({ error }) => error),
      color: fade(theme.foreground, 0.2),
      width: 7,
      reads: false,
      dots: false,
    }),
  ];
}

/** Error against cost, a line for each method on each grid; standard errors are bands. */
export function precisionSpec(...from: From): PlotSpec {
  const [value, theme, lifted, cost, aim] = from;
  const lines = linesOf(value, cost);
  const marks = lines.map(({ key, integrator, name, order, nominal, rows }, i) =>
    line({
      key,
      label: `${name}: order ${order === undefined ? '–' : order.toFixed(2)} (nominal ${nominal})`,
      x: rows.map((row) => row[cost]),
      y: rows.map(({ error }) => error),
      ...looksOf(theme, integrator, i, lifted),
    }),
  );
  const bands = lines.flatMap(({ key, rows }, i): Mark[] => {
    const drawn = rows.filter(({ sampling }) => (sampling ?? 0) > 0);
    const at = (sign: number) => drawn.map(({ error, sampling }) => Math.max(error + sign * sampling!, error / 10));
    return bandOf(key, drawn, cost, at(-1), at(1), marks[i]!.color);
  });
  return {
    ...against(from, 'Error'),
    id: 'precision',
    about:
      'Lower and further left is better. A ring is where a method first comes to the aim. The order fitted to the finest steps stands beside the nominal one.',
    y: { title: normTitle(value), log: true },
    marks: [
      ...frontMark(value, theme, cost),
      ...bands,
      ...marks,
      ...aimMarks(
        value,
        lines.map(({ key, name }, i) => ({ key, name, color: marks[i]!.color })),
        theme,
        aim,
        cost,
      ),
    ],
    explanations: [PRECISION],
  };
}

/** Accuracy against cost; the band spans the seeds. */
export function accuracySpec(...from: From): PlotSpec {
  const [value, theme, lifted, cost] = from;
  const lines = linesOf(value, cost);
  const marks = lines.map(({ key, integrator, name, rows }, i) =>
    line({
      key,
      label: name,
      x: rows.map((row) => row[cost]),
      y: rows.map(({ accuracy }) => accuracy ?? NaN),
      ...looksOf(theme, integrator, i, lifted),
    }),
  );
  const bands = lines.flatMap(({ key, rows }, i): Mark[] => {
    const several = rows.filter(({ accuracies = [] }) => accuracies.length > 1);
    const over = (pick: (...values: number[]) => number) => several.map(({ accuracies }) => pick(...accuracies!));
    return bandOf(key, several, cost, over(Math.min), over(Math.max), marks[i]!.color);
  });
  return {
    ...against(from, 'Accuracy'),
    id: 'accuracies',
    about: 'Share of test rows labelled right; a band spans the seeds.',
    y: { title: 'test accuracy', most: 1 },
    marks: [...bands, ...marks],
    explanations: [explanations.accuracy],
  };
}

const bandOf = (
  key: string,
  rows: readonly ComparedRow[],
  cost: Cost,
  low: readonly number[],
  high: readonly number[],
  color: string,
): Mark[] => (rows.length ? [band({ key, x: rows.map((row) => row[cost]), low, high, color, opacity: 0.15 })] : []);

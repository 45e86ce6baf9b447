import { quantityByKey, type Curves } from '../../../../src/core/schedules/quantities';
import type { AxisSpec } from '../../../plot/axis';
import type { Range } from '../../../plot/range';
import { band } from '../../../plot/marks/band';
import { exits } from '../../../plot/marks/exits';
import { line, type LineMark } from '../../../plot/marks/line';
import { GUTTER, lineEnds } from '../../../plot/marks/lineEnds';
import { named, type Mark } from '../../../plot/marks/mark';
import { span } from '../../../plot/marks/span';
import { shadeOutside } from '../../../plot/marks/shade';
import type { NoiseAxis } from '../../../plot/noiseAxis';
import type { PlotExplanation, PlotSpec } from '../../../plot/spec';
import { schedulePlotRows, type SchedulePlotRow, type ScheduleCurve } from './catalogue';
import { scheduleAt, scheduleNumbers } from './readings';
import type { ScheduleLine, ScheduleLines } from './scheduleLines';

/** The view that all plots of schedules share. */
export const SCHEDULES = 'schedules';

/** Rows of copied and saved data, and of the table: steps of 0.001 and of 0.02 in t. */
const [ROWS, SHOWN] = [1001, 51];

/** How many schedules can have their bands shaded before these hide each other, and their lesser lines in full. */
const FEW = 3;

/** Whether the y axis of a plot is logarithmic over an x axis. */
const isLog = ({ scale }: SchedulePlotRow, axis: NoiseAxis): boolean =>
  scale === 'log' || (scale === 'adaptive' && axis.id !== 't');

/** The marks made of curves, by all else that they depend on: a drag makes those of one schedule anew. */
const marksKept = new WeakMap<Curves, Map<string, Mark>>();

function kept<T extends Mark>(curves: Curves, key: string, make: () => T): T {
  let marks = marksKept.get(curves);
  if (!marks) {
    marks = new Map();
    marksKept.set(curves, marks);
  }
  let mark = marks.get(key);
  if (!mark) {
    mark = make();
    marks.set(key, mark);
  }
  return mark as T; // of one kind for one key
}

/** Positions on an axis of the times of curves. */
const positionsOf = ({ curves }: ScheduleLine, axis: NoiseAxis): Float64Array =>
  axis.id === 't' ? curves.t : curves.t.map((t, i) => axis.of(t, curves.logSnr[i]!));

/** The part of an axis inside the window of a schedule. */
function windowOn({ schedule, window }: ScheduleLine, axis: NoiseAxis): Range {
  if (!window) return [-Infinity, Infinity];
  const { start, end } = window;
  return [axis.of(start, schedule.logSnr(start)), axis.of(end, schedule.logSnr(end))];
}

/** Values of one curve at the times of curves. */
const valuesOf = ({ of }: ScheduleCurve, { curves }: ScheduleLine): Float64Array =>
  curves.t.map((_, i) => of(curves, i));

/** How the curves of the schedule in focus are drawn in the picture of the tab, so that each can be told without colour. */
const HERO: readonly { readonly width: number; readonly dash: readonly number[] }[] = [
  { width: 1.25, dash: [] },
  { width: 2.75, dash: [] },
  { width: 1.75, dash: [6, 4] },
];

/** The width, dash and opacity of a curve of a schedule. */
function looksOf(row: SchedulePlotRow, k: number, shown: ScheduleLine, lines: readonly ScheduleLine[], focus: boolean) {
  const main = k === row.main;
  const { dash } = shown.stroke;
  if (!row.between) return { width: 1.75, dash, opacity: 1 };
  if (focus) return { ...HERO[k]!, opacity: 1 };
  return { width: main ? 1.25 : 1, dash, opacity: main ? 0.5 : lines.length > FEW ? 0.25 : 0.35 };
}

/** One curve of one schedule; the main one tells the schedule's name, value and place. */
function curveOf(
  row: SchedulePlotRow,
  k: number,
  shown: ScheduleLine,
  { lines, axis }: ScheduleLines,
  focus: boolean,
): LineMark {
  const { index, label, curves, stroke } = shown;
  const { width, dash, opacity } = looksOf(row, k, shown, lines, focus);
  const key = [row.id, k, axis.id, index, label, stroke.color, dash, width, opacity].join('|');
  return kept(curves, key, () =>
    line({
      label: k === row.main ? label : '',
      key: String(index),
      x: positionsOf(shown, axis),
      y: valuesOf(row.curves[k]!, shown),
      color: stroke.color,
      dash,
      width,
      opacity,
      bulk: windowOn(shown, axis),
    }),
  );
}

/** The names at the ends of the curves of the schedule in focus, and the lag where it is widest. */
function notesOf(
  row: SchedulePlotRow,
  shown: ScheduleLine,
  marks: readonly LineMark[],
  { axis }: ScheduleLines,
): Mark[] {
  const [upper, lower] = row.between!;
  const { curves } = shown;
  const gap = (i: number) => row.curves[upper]!.of(curves, i) - row.curves[lower]!.of(curves, i);
  let widest = 0;
  for (let i = 1; i < curves.t.length; i++) if (gap(i) > gap(widest)) widest = i;
  const named = marks.map((mark, k) => ({
    line: mark,
    symbol: row.curves[k]!.symbol,
    name: row.curves[k]!.title,
    ...HERO[k]!,
  }));
  // from the top to the bottom, as they lie just before they meet
  const order = [upper, ...named.map((_, k) => k).filter((k) => k !== upper && k !== lower), lower];
  return [
    span({
      x: axis.of(curves.t[widest]!, curves.logSnr[widest]!),
      low: row.curves[lower]!.of(curves, widest),
      high: row.curves[upper]!.of(curves, widest),
      name: 'lag',
    }),
    lineEnds(order.map((k) => named[k]!)),
  ];
}

function bandOf(row: SchedulePlotRow, shown: ScheduleLine, { axis }: ScheduleLines): Mark | undefined {
  if (!row.between) return undefined;
  const [upper, lower] = row.between;
  const { color } = shown.stroke;
  return kept(shown.curves, ['band', row.id, axis.id, color].join('|'), () =>
    band({
      x: positionsOf(shown, axis),
      low: valuesOf(row.curves[lower]!, shown),
      high: valuesOf(row.curves[upper]!, shown),
      color,
      opacity: 0.16,
      edged: true,
    }),
  );
}

/** Symbol, equation and sentence of each curve. */
function explanationsOf({ curves }: SchedulePlotRow): PlotExplanation[] {
  return curves.map(({ symbol, title, quantity }) => {
    const row = quantity && quantityByKey[quantity];
    return row
      ? { symbol, title, equation: row.equation, number: row.number, sentence: row.sentence }
      : {
          symbol,
          title,
          equation: '',
          number: '',
          sentence: 'The scale of the data in z: the path of the target u, which the attractor leads.',
        };
  });
}

const explanations = new Map(schedulePlotRows.map((row) => [row.id, explanationsOf(row)]));

/** The plot of one row of the catalogue: the first schedule on top, in the picture of the tab the one in focus. */
export function scheduleSpec(row: SchedulePlotRow, all: ScheduleLines, focus: ScheduleLine | undefined): PlotSpec {
  const { lines, axis, full, inside } = all;
  const log = isLog(row, axis);
  const ordered = row.between && focus ? [focus, ...lines.filter((line) => line !== focus)] : lines;
  const own = ordered.map((shown) => row.curves.map((_, k) => curveOf(row, k, shown, all, shown === focus)));
  const bands = ordered.map((shown) => (shown === focus ? bandOf(row, shown, all) : undefined));
  const drawn = ordered
    .flatMap((_, i) => [bands[i], ...own[i]!].filter((mark) => mark !== undefined).reverse())
    .reverse();
  const legend = lines.map(({ index, label, stroke }) => named({ key: String(index), label, ...stroke }));
  const notes = row.between && focus && own[0] ? notesOf(row, focus, own[0], all) : [];
  const negative = lines.filter(({ curves }) =>
    row.curves.some(({ of }) => curves.t.some((_, i) => of(curves, i) < 0)),
  );
  const y: AxisSpec = {
    title: row.title,
    untitled: true,
    log,
    ...(!log && { min: negative.length ? undefined : row.min, max: row.max }),
  };
  const names = negative.map(({ label }) => label).join(', ');
  const gaps =
    log && negative.length ? `Gaps: below 0 for ${names}, where a logarithmic axis has no place.` : undefined;
  return {
    id: row.id,
    title: row.title,
    symbol: row.curves[row.main]!.symbol,
    unit: row.unit === '1' ? undefined : row.unit,
    x: {
      title: `${axis.title} (${axis.symbol})`,
      symbol: axis.symbol,
      untitled: true,
      powers: axis.id === 'snr',
      range: full,
      text: (x) => axis.text(x),
    },
    y,
    marks: [...legend, shadeOutside(inside, full), ...drawn, exits(own.map((marks) => marks[row.main]!)), ...notes],
    about: row.about ?? gaps,
    view: SCHEDULES,
    legend: 'tab',
    ...(row.between && { hero: true, gutter: GUTTER }),
    at: scheduleAt(row, all),
    explanations: explanations.get(row.id),
    numbers: () => scheduleNumbers(row, all, ROWS),
    table: () => scheduleNumbers(row, all, SHOWN),
  };
}

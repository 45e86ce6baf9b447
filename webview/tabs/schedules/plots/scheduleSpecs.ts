import { quantityByKey, type Curves } from '../../../../src/core/schedules/quantities';
import type { AxisSpec, Range } from '../../../plot/axis';
import { band } from '../../../plot/marks/band';
import { exits } from '../../../plot/marks/exits';
import { line, type LineMark } from '../../../plot/marks/line';
import { lineNames } from '../../../plot/marks/lineNames';
import { named, type Mark } from '../../../plot/marks/mark';
import { shadeOutside } from '../../../plot/marks/shade';
import type { NoiseAxis } from '../../../plot/noiseAxis';
import type { PlotExplanation, PlotSpec } from '../../../plot/spec';
import { scheduleCharts, type ScheduleChart, type Series } from './catalogue';
import { scheduleAt, scheduleNumbers } from './readings';
import type { ScheduleLine, ScheduleLines } from './scheduleLines';

/** The view that all plots of schedules share. */
export const SCHEDULES = 'schedules';

/** Rows of copied and saved data, and of the table: steps of 0.001 and of 0.02 in t. */
const [ROWS, SHOWN] = [1001, 51];

/** How many schedules can have their bands shaded before these hide each other, and their lesser lines in full. */
const FEW = 3;

/** Whether the y axis of a plot is logarithmic over an x axis. */
const isLog = ({ scale }: ScheduleChart, axis: NoiseAxis): boolean =>
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

/** Values of one series at the times of curves. */
const valuesOf = ({ of }: Series, { curves }: ScheduleLine): Float64Array => curves.t.map((_, i) => of(curves, i));

/** One series of one schedule; the main series tells the schedule's name, value and place. */
function curveOf(chart: ScheduleChart, k: number, shown: ScheduleLine, { lines, axis }: ScheduleLines): LineMark {
  const { index, label, curves, stroke } = shown;
  const main = k === chart.main;
  const pale = main ? 1 : lines.length > FEW ? 0.45 : 0.75;
  const key = [chart.id, k, axis.id, index, label, stroke.color, stroke.dash, pale].join('|');
  return kept(curves, key, () =>
    line({
      label: main ? label : '',
      key: String(index),
      x: positionsOf(shown, axis),
      y: valuesOf(chart.series[k]!, shown),
      color: stroke.color,
      dash: stroke.dash,
      width: main ? 1.75 : 1,
      opacity: pale,
      bulk: windowOn(shown, axis),
    }),
  );
}

function bandOf(chart: ScheduleChart, shown: ScheduleLine, { axis }: ScheduleLines): Mark | undefined {
  if (!chart.between) return undefined;
  const [upper, lower] = chart.between;
  const { color } = shown.stroke;
  return kept(shown.curves, ['band', chart.id, axis.id, color].join('|'), () =>
    band({
      x: positionsOf(shown, axis),
      low: valuesOf(chart.series[lower]!, shown),
      high: valuesOf(chart.series[upper]!, shown),
      color,
      opacity: 0.16,
      edged: true,
    }),
  );
}

/** Symbol, equation and sentence of each series. */
function explanationsOf({ series }: ScheduleChart): PlotExplanation[] {
  return series.map(({ symbol, title, quantity }) => {
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

const explanations = new Map(scheduleCharts.map((chart) => [chart.id, explanationsOf(chart)]));

/** The plot of one row of the catalogue: the first schedule on top. */
export function scheduleSpec(chart: ScheduleChart, all: ScheduleLines): PlotSpec {
  const { lines, axis, full, inside } = all;
  const log = isLog(chart, axis);
  const own = lines.map((shown) => chart.series.map((_, k) => curveOf(chart, k, shown, all)));
  const bands = lines.map((shown, i) => (lines.length <= FEW || i === 0 ? bandOf(chart, shown, all) : undefined));
  const drawn = lines
    .flatMap((_, i) => [bands[i], ...own[i]!].filter((mark) => mark !== undefined).reverse())
    .reverse();
  const legend = lines.map(({ index, label, stroke }) => named({ key: String(index), label, ...stroke }));
  const names = chart.series.length > 1 && own[0] ? [lineNames(own[0].map((mark, k) => ({ line: mark, name: chart.series[k]!.symbol })))] : []; // prettier-ignore
  const y: AxisSpec = {
    title: chart.title,
    untitled: true,
    log,
    ...(!log && { min: chart.min, max: chart.max }),
  };
  return {
    id: chart.id,
    title: chart.title,
    symbol: chart.series[chart.main]!.symbol,
    unit: chart.unit === '1' ? undefined : chart.unit,
    x: {
      title: `${axis.title} (${axis.symbol})`,
      symbol: axis.symbol,
      untitled: true,
      powers: axis.id === 'snr',
      range: full,
      text: (x) => axis.text(x),
    },
    y,
    marks: [...legend, shadeOutside(inside, full), ...drawn, exits(own.map((marks) => marks[chart.main]!)), ...names],
    view: SCHEDULES,
    legend: 'tab',
    at: scheduleAt(chart, all),
    explanations: explanations.get(chart.id),
    numbers: () => scheduleNumbers(chart, all, ROWS),
    table: () => scheduleNumbers(chart, all, SHOWN),
  };
}

import type { Experiment } from '../../../../src/core/experiment/experiment';
import type { LearnedRecord } from '../../../../src/core/runs/record';
import type { InputValues, Schedule } from '../../../../src/core/schedules';
import { entryLabel, entrySchedule } from '../../../../src/core/schedules/entry';
import type { ScheduleEntry } from '../../../../src/core/schedules/entrySchema';
import { evaluate, type Curves } from '../../../../src/core/schedules/quantities';
import { windowOf, type Window } from '../../../../src/core/schedules/window';
import type { Range } from '../../../plot/range';
import { fade } from '../../../plot/colors';
import { noiseAxisOf, type NoiseAxis, type NoiseAxisId } from '../../../plot/noiseAxis';
import { strokeOf, type Stroke } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

/** A schedule as every plot draws it. */
export interface ScheduleLine {
  readonly index: number;
  readonly label: string;
  readonly stroke: Stroke;
  readonly schedule: Schedule;
  readonly curves: Curves;
  readonly window: Window | undefined;
}

/** What all plots of schedules on a page draw: the visible schedules over one x axis. */
export interface ScheduleLines {
  readonly lines: readonly ScheduleLine[];
  readonly axis: NoiseAxis;
  /** The whole x axis. */
  readonly full: Range;
  /** The part of the x axis inside the window of the first schedule. */
  readonly inside: Range;
  readonly theme: Theme;
}

/** Times at which curves are evaluated: by cosine, so dense at both ends, then by decades towards each end. */
const times = (() => {
  const cosine = Array.from({ length: 241 }, (_, i) => (1 - Math.cos((Math.PI * i) / 240)) / 2);
  const decades = Array.from({ length: 50 }, (_, i) => 10 ** (-2.2 - i / 5));
  const all = [...cosine, ...decades, ...decades.map((t) => 1 - t)];
  return Float64Array.from([...new Set(all)].sort((a, b) => a - b));
})();

type Evaluated = Pick<ScheduleLine, 'schedule' | 'curves' | 'window'>;

/** Keeps the curves of the entries in use, so that a drag evaluates only the schedule it moves. */
export class ScheduleLineCache {
  private curves = new Map<string, Evaluated>();

  /**
   * The lines of what is visible; `hidden` holds indices of schedules left out. The first schedule, where it is the one
   * that is being trained, is drawn as it is now, over what it was.
   */
  build(
    { schedules, window }: Pick<Experiment, 'schedules' | 'window'>,
    hidden: ReadonlySet<number>,
    theme: Theme,
    id: NoiseAxisId,
    learning?: LearnedRecord,
  ): ScheduleLines {
    const limit = window.logSnr;
    const now = learning && trainedNow(schedules[0]!, learning);
    const shown = now ? [now, ...schedules.slice(1)] : schedules;
    const used = new Map<string, Evaluated>();
    const evaluatedOf = (entry: ScheduleEntry): Evaluated => {
      const key = keyOf(entry, limit);
      const evaluated = used.get(key) ?? this.curves.get(key) ?? evaluateEntry(entry, limit);
      used.set(key, evaluated);
      return evaluated;
    };
    const all = shown.map((entry, index): ScheduleLine => {
      return { index, label: entryLabel(entry), stroke: strokeOf(theme, index), ...evaluatedOf(entry) };
    });
    const ghosts = now ? [{ ...ghostOf(all[0]!, theme), ...evaluatedOf(schedules[0]!) }] : [];
    this.curves = used;
    const axis = noiseAxisOf(id);
    const lines = [...all, ...ghosts].filter(({ index }) => !hidden.has(index));
    const first = all[0]?.window;
    const inside: Range =
      axis.id === 't' ? [first?.start ?? 1, first?.end ?? 1] : [axis.of(0, -limit), axis.of(0, limit)];
    return { lines, axis, full: fullRange(axis, lines, limit), inside, theme };
  }
}

/** A learned schedule with the weights it has now, where it is the one that is trained. */
function trainedNow(entry: ScheduleEntry, { gammaMin, gammaMax, weights }: LearnedRecord): ScheduleEntry | undefined {
  const { id, params } = entry;
  if (id !== 'learned' || params.gammaMin !== gammaMin || params.gammaMax !== gammaMax) return undefined;
  return { ...entry, inputs: { ...entry.inputs, weights } };
}

/** What a schedule was before it was trained: paler, and dashed. */
const ghostOf = ({ index, label, stroke }: ScheduleLine, theme: Theme) => ({
  index,
  label: `${label}, before training`,
  stroke: { color: fade(stroke.color, theme.contrast ? 0.8 : 0.5), dash: [2, 3] },
});

/** Inputs as text, kept as long as they are: a table may be long, and a drag does not touch it. */
const inputTexts = new WeakMap<InputValues, string>();

/** What tells an entry's curves from another's. */
function keyOf({ id, params, inputs, modifiers }: ScheduleEntry, limit: number): string {
  let text = inputTexts.get(inputs);
  if (text === undefined) {
    text = JSON.stringify(inputs);
    inputTexts.set(inputs, text);
  }
  return JSON.stringify([id, params, modifiers, limit]) + text;
}

function evaluateEntry(entry: ScheduleEntry, limit: number): Evaluated {
  const schedule = entrySchedule(entry);
  return { schedule, curves: evaluate(schedule, times), window: windowOf(schedule, limit) };
}

/** All of time, or the log-SNR that the schedules cover inside the window and a little beyond. */
function fullRange(axis: NoiseAxis, lines: readonly ScheduleLine[], limit: number): Range {
  if (axis.id === 't') return [0, 1];
  const starts = lines.map(({ schedule }) => Math.max(schedule.logSnr(0), -limit));
  const ends = lines.map(({ schedule }) => Math.min(schedule.logSnr(1), limit));
  const low = lines.length ? Math.min(...starts) : -limit;
  const high = lines.length ? Math.max(...ends) : limit;
  if (!(low < high)) return [axis.of(0, -limit), axis.of(0, limit)];
  const margin = (high - low) * 0.03;
  return [axis.of(0, low - (low === -limit ? margin : 0)), axis.of(0, high + (high === limit ? margin : 0))];
}

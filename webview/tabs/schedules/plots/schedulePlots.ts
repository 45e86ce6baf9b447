import type { Experiment } from '../../../../src/core/experiment/experiment';
import type { LearnedRecord } from '../../../../src/core/runs/record';
import type { Range } from '../../../plot/range';
import type { Handles } from '../../../plot/handles';
import { memo } from '../../../plot/memo';
import { noiseAxisOf, timeAt, type NoiseAxisId } from '../../../plot/noiseAxis';
import type { PlotSpec } from '../../../plot/spec';
import type { Theme } from '../../../plot/theme';
import type { PlotView } from '../../../plot/view';
import type { Editing } from '../../../state/editing';
import type { ViewPart, ViewState } from '../../../state/view';
import type { SchedulePlotRow } from './catalogue';
import { pointHandles } from './pointHandles';
import { ScheduleLineCache, type ScheduleLine, type ScheduleLines } from './scheduleLines';
import { scheduleSpec } from './scheduleSpecs';

/** What the plots of schedules use of their page. */
export interface SchedulePage {
  readonly theme: Theme;
  readonly experiment: Experiment | undefined;
  /** The indices of the schedules that are left out, and of the one in focus. */
  readonly schedules: { readonly hidden: ReadonlySet<number>; readonly focus: number };
  readonly editing: Editing;
  /** The schedule that is being trained, if any. */
  readonly runs: { readonly learning: LearnedRecord | undefined };
  readonly view: ViewState;
}

/** What the plots of schedules keep while the page is hidden. */
interface SchedulesView {
  readonly axis: NoiseAxisId;
  /** The part of the x axis that is shown, in the axis's own units; undefined shows all. */
  readonly zoom: Range | undefined;
}

/** The plots of schedules of a page, with the cursor and the zoom that they share. */
export class SchedulePlots {
  private cursor = 0.5;
  private readonly cache = new ScheduleLineCache();
  private readonly linesOf = memo(
    (experiment: Experiment, hidden: string, theme: Theme, axis: NoiseAxisId, learning: LearnedRecord | undefined) =>
      this.cache.build(experiment, new Set(hidden.split(',').filter(Boolean).map(Number)), theme, axis, learning),
  );
  private readonly specsOf = memo(
    (rows: readonly SchedulePlotRow[], lines: ScheduleLines, focus: number): readonly PlotSpec[] =>
      rows.map((row) => {
        const shown = lines.lines.find(({ index }) => index === focus) ?? lines.lines[0];
        return { ...scheduleSpec(row, lines, shown), handles: this.handlesOn(row, lines, shown) };
      }),
  );

  /** The x axis, and the part of it that is shown. */
  readonly axisView: ViewPart<SchedulesView>;

  readonly view: PlotView = {
    cursor: () => this.cursor,
    moveTo: (x) => {
      this.cursor = x;
    },
    range: () => this.axisView.value.zoom,
    zoom: (zoom) => this.axisView.set({ zoom }),
    text: () => {
      const axis = noiseAxisOf(this.axisView.value.axis);
      return `${axis.symbol} = ${axis.text(this.cursor)}`;
    },
  };

  constructor(private readonly page: SchedulePage) {
    this.axisView = page.view.part<SchedulesView>({ axis: 't', zoom: undefined });
  }

  /** What is drawn now; the same object as long as nothing in it changed. */
  lines(): ScheduleLines | undefined {
    const { experiment, schedules, theme, runs } = this.page;
    const { axis } = this.axisView.value;
    const hidden = [...schedules.hidden].sort().join();
    return experiment && this.linesOf(experiment, hidden, theme, axis, runs.learning);
  }

  /** The plots of these rows of the catalogue. */
  specs(rows: readonly SchedulePlotRow[]): readonly PlotSpec[] {
    const lines = this.lines();
    return lines ? this.specsOf(rows, lines, this.page.schedules.focus) : [];
  }

  /** The control points of the schedule in focus, where it is made of them and the axis is t. */
  private handlesOn(
    { id }: SchedulePlotRow,
    { axis }: ScheduleLines,
    shown: ScheduleLine | undefined,
  ): Handles | undefined {
    if (axis.id !== 't' || !shown) return undefined;
    return pointHandles(this.page, id, shown.index, shown.label, shown.stroke.color);
  }

  /** Changes the x axis; the cursor stays at the same time of the first visible schedule. */
  chooseAxis(id: NoiseAxisId): void {
    const lines = this.lines();
    const schedule = lines?.lines[0]?.schedule;
    const t = (lines && schedule && timeAt(lines.axis, schedule, this.cursor)) ?? 0.5;
    const x = noiseAxisOf(id).of(t, schedule?.logSnr(t) ?? 0);
    this.cursor = Number.isFinite(x) ? x : 0;
    this.axisView.set({ axis: id, zoom: undefined });
  }
}

import type { DynamicsPaths } from '../../../../src/core/dynamics/paths';
import type { Range } from '../../../plot/range';
import { memo } from '../../../plot/memo';
import type { PlotSpec } from '../../../plot/spec';
import type { Theme } from '../../../plot/theme';
import { toggled, type PlotView } from '../../../plot/view';
import type { ViewPart, ViewState } from '../../../state/view';
import { timeAxes, type ClockId, type TimeAxis } from '../timeAxis';
import { attractorSpec, errorsSpec } from './attractor';
import { pathsSpec } from './paths';
import { planeSpec } from './plane';
import { linesOf, positionOf, shownDynamics, timeAt, type DynamicsLine, type ShownDynamics } from './shownDynamics';
import { gapSpec, varianceSpec } from './spread';

/** What the plots of the dynamics use of their page. */
export interface DynamicsPage {
  readonly theme: Theme;
  readonly view: ViewState;
  /** Draws the page in the next frame. */
  changed(): void;
}

/** What the plots of the dynamics keep while the page is hidden. */
interface DynamicsView {
  /** The x axis, and the part of it that is shown. */
  readonly clock: ClockId;
  readonly clockZoom: Range | undefined;
  /** The key of the dynamics that gaps are measured from. */
  readonly base: string | undefined;
}

/** The plots of the dynamics, with the time and the zoom that they share. */
export class DynamicsPlots {
  private hidden: ReadonlySet<string> = new Set();
  /** The time at which the cursor stands. */
  private moment = 0.5;
  private readonly axesOf = memo(timeAxes);
  private readonly linesOf = memo(linesOf);
  private readonly shownOf = memo(
    (paths: DynamicsPaths, theme: Theme, axis: TimeAxis, all: readonly DynamicsLine[], hidden: ReadonlySet<string>) =>
      shownDynamics(
        paths,
        theme,
        axis,
        all,
        all.filter(({ key }) => !hidden.has(key)),
      ),
  );
  private readonly specsOf = memo((shown: ShownDynamics, base: DynamicsLine): readonly PlotSpec[] => {
    const { plane } = shown.paths;
    return [
      pathsSpec(shown),
      gapSpec(shown, base),
      varianceSpec(shown),
      ...(plane ? [planeSpec(shown, plane)] : []),
      attractorSpec(shown),
      errorsSpec(shown),
    ];
  });

  /** The x axis, the part of it that is shown, and what gaps are measured from. */
  readonly axisView: ViewPart<DynamicsView>;

  readonly view: PlotView = {
    cursor: () => {
      const shown = this.shown();
      return shown && positionOf(shown, this.moment);
    },
    moveTo: (x) => {
      const shown = this.shown();
      if (shown) this.moment = timeAt(shown, x);
    },
    range: () => this.axisView.value.clockZoom,
    zoom: (clockZoom) => this.axisView.set({ clockZoom }),
    text: () => {
      const shown = this.shown();
      if (!shown) return '';
      const { axis } = shown;
      const time = `t = ${this.axes()[0]!.text(this.moment)}`;
      return axis.id === 't' ? time : `${axis.symbol} = ${axis.text(positionOf(shown, this.moment))}, ${time}`;
    },
  };

  /** `query` is for the paths that are drawn. */
  constructor(
    private readonly page: DynamicsPage,
    private readonly query: { readonly value: DynamicsPaths | undefined },
  ) {
    this.axisView = page.view.part<DynamicsView>({ clock: 't', clockZoom: undefined, base: undefined });
  }

  /** Every x axis that the plots can have. */
  axes(): readonly TimeAxis[] {
    const { value: paths } = this.query;
    return paths ? this.axesOf(paths) : [];
  }

  /** What the plots draw now; nothing before the first paths were computed. */
  shown(): ShownDynamics | undefined {
    const { value: paths } = this.query;
    const { theme } = this.page;
    const { clock } = this.axisView.value;
    if (!paths) return undefined;
    const axes = this.axesOf(paths);
    const axis = axes.find(({ id }) => id === clock) ?? axes[0]!;
    return this.shownOf(paths, theme, axis, this.linesOf(paths, theme), this.hidden);
  }

  /** The dynamics that gaps are measured from. */
  base(): DynamicsLine | undefined {
    const all = this.shown()?.all ?? [];
    const { base } = this.axisView.value;
    return all.find(({ key }) => key === base) ?? all[0];
  }

  specs(): readonly PlotSpec[] {
    const shown = this.shown();
    const base = this.base();
    return shown && base ? this.specsOf(shown, base) : [];
  }

  /** Moves the cursor to a share of the window. */
  goTo(share: number): void {
    const times = this.shown()?.paths.times;
    if (times) this.moment = times[0]! + share * (times.at(-1)! - times[0]!);
  }

  /** Hides or shows a dynamics in every plot, or shows it alone. */
  toggle(key: string, alone: boolean): void {
    const keys = (this.shown()?.all ?? []).map((line) => line.key);
    this.hidden = toggled(this.hidden, keys, key, alone);
    this.page.changed();
  }
}

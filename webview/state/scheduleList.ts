import { entryLabel } from '../../src/core/schedules/entry';
import type { ScheduleEntry } from '../../src/core/schedules/entrySchema';
import { flatPoints } from '../../src/core/schedules/points';
import { formatNumber } from '../../src/core/text/format';
import { toggled } from '../plot/view';
import type { Editing } from './editing';
import { editAsPoints, entriesOf, nextEntry } from './scheduleEdits';
import type { ViewPart, ViewState } from './view';

const SCHEDULES = ['schedules'];

/** What is kept of the list while the page is hidden: indices of the cards that are open, and of what is not drawn. */
export interface ListView {
  readonly openCards: readonly number[];
  readonly hiddenSchedules: readonly number[];
}

/** The list of schedules of a page: which are open, which are left out of the plots, and their order in the document. */
export class ScheduleList {
  private readonly view: ViewPart<ListView>;

  /** The index of the schedule in focus: the one that was last touched. */
  focus = 0;
  /** How closely control points follow what they were made from, by the points as text. */
  private readonly fits = new Map<string, string>();

  constructor(
    private readonly editing: Editing,
    private readonly changed: () => void,
    view: ViewState,
  ) {
    this.view = view.part<ListView>({ openCards: [0], hiddenSchedules: [] });
  }

  /** Indices of the schedules that are left out of the plots. */
  get hidden(): ReadonlySet<number> {
    return new Set(this.view.value.hiddenSchedules);
  }

  /** Indices of the cards that are open. */
  get open(): ReadonlySet<number> {
    return new Set(this.view.value.openCards);
  }

  private show(open: Iterable<number>, hidden: Iterable<number> = this.hidden): void {
    this.view.set({ openCards: [...open], hiddenSchedules: [...hidden] });
  }

  /** Brings a schedule into focus. */
  focusOn(index: number): void {
    if (index === this.focus) return;
    this.focus = index;
    this.changed();
  }

  /** Makes a schedule one of control points that follow it; where none can, says why at its points. */
  toPoints(index: number, limit: number): void {
    const path = [...SCHEDULES, index, 'points'];
    const entry = entriesOf(this.editing)[index]!;
    try {
      const { points, error, at } = editAsPoints(this.editing, index, limit);
      const text = `${points.length} points follow ${entryLabel(entry)} to ${formatNumber(error, 2)} nat in γ within |γ| ≤ ${formatNumber(limit)}; the largest error is at t = ${formatNumber(at)}.`; // prettier-ignore
      this.fits.set(flatPoints(points).join(), text);
    } catch (error) {
      this.editing.refuse(path, '', error);
    }
    this.focus = index;
    this.changed();
  }

  /** How closely the points of an entry follow what they were made from; undefined once one was moved. */
  fitOf({ inputs }: ScheduleEntry): string | undefined {
    return Array.isArray(inputs.points) ? this.fits.get(inputs.points.join()) : undefined;
  }

  /** Adds a schedule of the first family that is not shown yet, with its card open. */
  add(): void {
    const entries = entriesOf(this.editing);
    const path = [...SCHEDULES, entries.length];
    this.focus = entries.length;
    this.show([entries.length]);
    this.editing.replace(path, [{ path, value: nextEntry(entries), insert: true }]);
  }

  remove(index: number): void {
    const kept = (set: ReadonlySet<number>) =>
      new Set([...set].filter((i) => i !== index).map((i) => (i > index ? i - 1 : i)));
    if (this.focus >= index) this.focus = Math.max(this.focus - 1, 0);
    this.show(kept(this.open), kept(this.hidden));
    this.editing.replace(SCHEDULES, [{ path: [...SCHEDULES, index], value: undefined }]);
  }

  /** Moves a schedule to another place. Its unknown keys go with it. */
  move(from: number, to: number): void {
    const entries = entriesOf(this.editing);
    const order = entries.map((_, i) => i);
    if (from === to || to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(from, 1));
    const moved = (set: ReadonlySet<number>) => new Set(order.flatMap((old, i) => (set.has(old) ? [i] : [])));
    this.focus = order.indexOf(this.focus);
    this.show(moved(this.open), moved(this.hidden));
    this.editing.replace(SCHEDULES, [{ path: SCHEDULES, value: order.map((i) => entries[i]) }]);
  }

  /** Opens or folds a card. */
  toggleCard(index: number): void {
    const open = new Set(this.open);
    if (!open.delete(index)) open.add(index);
    this.focus = index;
    this.show(open);
  }

  /** Hides or shows a schedule in the plots; alone, hides all the others, or shows all where it was alone already. */
  toggle(index: number, alone: boolean): void {
    const keys = entriesOf(this.editing).map((_, i) => i);
    this.show(this.open, toggled(this.hidden, keys, index, alone));
  }

  /** Leaves out all schedules but one. */
  showOnly(index: number): void {
    this.focus = index;
    const hidden = entriesOf(this.editing).flatMap((_, i) => (i === index ? [] : [i]));
    if (hidden.join() !== this.view.value.hiddenSchedules.join()) this.show(this.open, hidden);
  }
}

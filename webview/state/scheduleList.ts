import { entryLabel } from '../../src/core/schedules/entry';
import type { ScheduleEntry } from '../../src/core/schedules/entrySchema';
import { flatPoints } from '../../src/core/schedules/points';
import { formatNumber } from '../../src/core/text/format';
import { toggled } from '../plot/view';
import type { Editing } from './editing';
import { editAsPoints, entriesOf, nextEntry } from './scheduleEdits';

const SCHEDULES = ['schedules'];

/** The list of schedules of a page: which are open, which are left out of the plots, and their order in the document. */
export class ScheduleList {
  /** Indices of the schedules that are left out of the plots. */
  hidden: ReadonlySet<number> = new Set();
  /** Indices of the cards that are open. */
  open: ReadonlySet<number> = new Set([0]);

  /** The index of the schedule in focus: the one that was last touched. */
  focus = 0;
  /** How closely control points follow what they were made from, by the points as text. */
  private readonly fits = new Map<string, string>();

  constructor(
    private readonly editing: Editing,
    private readonly changed: () => void,
  ) {}

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
    this.open = new Set([entries.length]);
    this.focus = entries.length;
    this.editing.replace(path, [{ path, value: nextEntry(entries), insert: true }]);
  }

  remove(index: number): void {
    const kept = (set: ReadonlySet<number>) =>
      new Set([...set].filter((i) => i !== index).map((i) => (i > index ? i - 1 : i)));
    this.hidden = kept(this.hidden);
    this.open = kept(this.open);
    if (this.focus >= index) this.focus = Math.max(this.focus - 1, 0);
    this.editing.replace(SCHEDULES, [{ path: [...SCHEDULES, index], value: undefined }]);
  }

  /** Moves a schedule to another place. Its unknown keys go with it. */
  move(from: number, to: number): void {
    const entries = entriesOf(this.editing);
    const order = entries.map((_, i) => i);
    if (from === to || to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(from, 1));
    const moved = (set: ReadonlySet<number>) => new Set(order.flatMap((old, i) => (set.has(old) ? [i] : [])));
    this.hidden = moved(this.hidden);
    this.open = moved(this.open);
    this.focus = order.indexOf(this.focus);
    this.editing.replace(SCHEDULES, [{ path: SCHEDULES, value: order.map((i) => entries[i]) }]);
  }

  /** Opens or folds a card. */
  toggleCard(index: number): void {
    const open = new Set(this.open);
    if (!open.delete(index)) open.add(index);
    this.open = open;
    this.focus = index;
    this.changed();
  }

  /** Hides or shows a schedule in the plots; alone, hides all the others, or shows all where it was alone already. */
  toggle(index: number, alone: boolean): void {
    const keys = entriesOf(this.editing).map((_, i) => i);
    this.hidden = toggled(this.hidden, keys, index, alone);
    this.changed();
  }

  /** Leaves out all schedules but one. */
  showOnly(index: number): void {
    this.hidden = new Set(entriesOf(this.editing).flatMap((_, i) => (i === index ? [] : [i])));
    this.focus = index;
  }
}

import { changeExperiment, type Change } from '../../src/core/experiment/changes';
import type { Experiment } from '../../src/core/experiment/experiment';
import type { ScheduleEntry } from '../../src/core/schedules/entrySchema';
import { messageOf } from '../../src/core/registry/problem';
import type { HostCalls, Snapshot } from '../../src/protocol/hostCalls';
import type { NoiseAxisId } from '../plot/noiseAxis';
import { Editing } from './editing';
import { connect, type Host, type Request } from './host';
import type { Cost } from '../tabs/integrators/plots/comparison';
import type { ClockId } from '../tabs/dynamics/timeAxis';
import { nextEntry } from './scheduleEdits';
import { Study } from './study';
import { observeTheme, readTheme, type Theme } from '../plot/theme';

/** What a page keeps of itself when it is hidden; everything else is in the document. */
export interface View {
  readonly tab: string;
  readonly axis: NoiseAxisId;
  /** The part of the x axis that is shown, in the axis's own units; undefined shows all. */
  readonly zoom?: readonly [number, number] | undefined;
  readonly scroll: number;
  /** The x axis of the Dynamics tab, the shown part of it, and the dynamics that gaps are measured from. */
  readonly clock: ClockId;
  readonly clockZoom?: readonly [number, number] | undefined;
  readonly base?: string | undefined;
  /** What errors of integrators are drawn against. */
  readonly cost?: Cost | undefined;
}

/** The page's one store: the last snapshot, what is being edited over it, and what is looked at. */
export class Store {
  /** What is edited over the document. */
  readonly editing = new Editing({
    document: () => this.snapshot?.experiment,
    send: (changes) => this.edit(...changes),
    changed: () => this.changed(),
  });
  readonly hidden = new Set<number>();
  readonly open = new Set<number>([0]);
  snapshot: Snapshot | undefined;
  /** What the host showed last, and how many edits it has not answered yet. */
  private arrived: Snapshot | undefined;
  private sent = 0;
  /** Runs, and the pictures the host computed. */
  readonly study: Study;
  /** Calls the host; rejects with its refusal. */
  readonly request: Request;
  /** The tab whose action a command asked for. */
  starting: string | undefined;
  /** The part of the tab that a command asked to see. */
  part: string | undefined;
  /** Why the last edit or export did not happen. */
  failure = '';
  theme: Theme = readTheme();
  view: View;
  private readonly host: Host;
  private frame = 0;

  constructor(private readonly render: () => void) {
    this.host = connect({
      show: ([snapshot]) => this.show(snapshot),
      runs: ([runs]) => this.study.take(runs),
      trained: ([progress]) => this.study.grow(progress),
      open: ([tab, start, part]) => {
        this.starting = start ? tab : undefined;
        this.part = part;
        this.look({ tab });
      },
    });
    this.request = this.host.request;
    this.study = new Study(this);
    const kept = (this.host.getState() ?? {}) as Partial<View>;
    this.view = { tab: 'schedules', axis: 't', scroll: 0, clock: 't', ...kept };
    observeTheme(() => {
      this.theme = readTheme();
      this.changed();
    });
    // The rail folds by the width of the page.
    addEventListener('resize', () => this.changed());
    void this.ask('ready', []).then((snapshot) => snapshot && this.show(snapshot));
  }

  /** The experiment as the page draws it: the last valid one, with what is being edited where that is allowed. */
  get experiment(): Experiment | undefined {
    return this.editing.experiment;
  }

  /** Whether the text cannot be read at present, so nothing can be edited. */
  get blocked(): boolean {
    return !this.snapshot?.experiment || this.snapshot.problems.some(({ severity }) => severity === 'error');
  }

  /** Draws the page in the next frame, however often it is called before that. */
  changed(): void {
    this.frame ||= requestAnimationFrame(() => {
      this.frame = 0;
      this.render();
    });
  }

  /** Draws the page at once, for what follows to find it as it is now. */
  drawNow(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.render();
  }

  look(view: Partial<View>): void {
    this.view = { ...this.view, ...view };
    this.host.setState(this.view);
    this.changed();
  }

  /** Calls the host; a refusal is shown on the page and answers undefined. */
  async ask<K extends keyof HostCalls>(
    name: K,
    args: HostCalls[K]['args'],
  ): Promise<HostCalls[K]['value'] | undefined> {
    try {
      return await this.request(name, args);
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  /** Shows on the page why something did not happen. */
  fail(error: unknown): void {
    this.failure = messageOf(error);
    this.changed();
  }

  /** Makes one undoable edit of the document; the page shows it at once and goes back where the host refuses. */
  edit(...changes: Change[]): void {
    this.failure = '';
    const { snapshot } = this;
    if (changes.length && snapshot?.experiment) {
      this.snapshot = { ...snapshot, experiment: changeExperiment(snapshot.experiment, changes) };
      void this.send(changes);
    }
    this.changed();
  }

  /** While edits are on their way, what the host shows is older than the page: the last of it counts once all are made. */
  private async send(changes: readonly Change[]): Promise<void> {
    this.sent++;
    await this.ask('edit', [changes]);
    this.sent--;
    if (this.arrived) this.show(this.arrived);
  }

  /** Adds a schedule of the first family that is not shown yet. */
  add(): void {
    const entries = this.entries();
    const path = ['schedules', entries.length];
    this.open.clear();
    this.open.add(entries.length);
    this.editing.replace(path, [{ path, value: nextEntry(entries), insert: true }]);
  }

  remove(index: number): void {
    this.editing.clear(['schedules']);
    for (const set of [this.hidden, this.open]) {
      const kept = [...set].filter((i) => i !== index).map((i) => (i > index ? i - 1 : i));
      set.clear();
      for (const i of kept) set.add(i);
    }
    this.edit({ path: ['schedules', index], value: undefined });
  }

  /** Moves a schedule in the list; its unknown keys go with it. */
  move(from: number, to: number): void {
    const order = this.entries().map((_, i) => i);
    if (from === to || to < 0 || to >= order.length) return;
    order.splice(to, 0, ...order.splice(from, 1));
    this.editing.clear(['schedules']);
    for (const set of [this.hidden, this.open]) {
      const kept = order.flatMap((old, i) => (set.has(old) ? [i] : []));
      set.clear();
      for (const i of kept) set.add(i);
    }
    const entries = this.entries();
    this.edit({ path: ['schedules'], value: order.map((i) => entries[i]) });
  }

  /** Hides or shows a schedule; alone, hides all the others, or shows all where it was alone already. */
  toggle(index: number, alone: boolean): void {
    const others = this.entries().flatMap((_, i) => (i === index ? [] : [i]));
    if (alone) {
      const isolated = !this.hidden.has(index) && others.every((i) => this.hidden.has(i));
      this.hidden.clear();
      if (!isolated) for (const i of others) this.hidden.add(i);
    } else if (!this.hidden.delete(index)) this.hidden.add(index);
    this.changed();
  }

  /** The schedules of the document, without what is being edited. */
  entries(): readonly ScheduleEntry[] {
    return this.snapshot?.experiment?.schedules ?? [];
  }

  private show(snapshot: Snapshot): void {
    this.arrived = snapshot;
    if (this.sent) return;
    // What is edited outlives a change of other schedules, so that it does not end a drag.
    const next = snapshot.experiment?.schedules ?? [];
    this.entries().forEach((entry, i) => shapeOf(entry) !== shapeOf(next[i]) && this.editing.clear(['schedules', i]));
    this.editing.settle();
    this.snapshot = snapshot;
    this.changed();
  }
}

/** What an entry is made of, whatever the values: what is edited has its place in that. */
const shapeOf = (entry: ScheduleEntry | undefined) =>
  [entry?.id, ...(entry?.modifiers ?? []).map(({ id }) => id)].join();

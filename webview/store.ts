import { applyChange, parseExperiment, type Change } from '../src/core/document';
import { newEntry, type Experiment, type ScheduleEntry } from '../src/core/experiment';
import { schedules } from '../src/core/schedules';
import type { HostCalls, Snapshot } from '../src/protocol/lab';
import type { AxisId } from './charts/axis';
import { Drafts } from './drafts';
import { connect, type Host } from './host';
import { Study } from './study';
import { observeTheme, readTheme, type Theme } from './theme';

/** What a page keeps of itself when it is hidden; everything else is in the document. */
export interface View {
  readonly tab: string;
  readonly axis: AxisId;
  /** The part of the x axis that is shown, in the axis's own units; undefined shows all. */
  readonly zoom?: readonly [number, number] | undefined;
  readonly scroll: number;
}

/** The page's one store: the last snapshot, what is being edited over it, and what is looked at. */
export class Store {
  readonly drafts = new Drafts();
  readonly hidden = new Set<number>();
  readonly open = new Set<number>([0]);
  snapshot: Snapshot | undefined;
  /** What the host showed last, and how many edits it has not answered yet. */
  private arrived: Snapshot | undefined;
  private sent = 0;
  /** Texts of fields that the schema refused, by path, and why. */
  readonly refused = new Map<string, { readonly text: string; readonly message: string }>();
  /** Runs, and the pictures the host computed. */
  readonly study: Study = new Study(this);
  /** The tab whose action a command asked for. */
  starting: string | undefined;
  /** Why the last edit or export did not happen. */
  failure = '';
  theme: Theme = readTheme();
  view: View;
  /** Where the cursor stands, in units of the x axis. */
  cursor = 0.5;
  /** What a screen reader is told of the cursor. */
  spoken = '';
  private readonly host: Host;
  private frame = 0;
  private memo: { key: string; from: Experiment; shown: Experiment } | undefined;

  constructor(private readonly render: () => void) {
    this.host = connect({
      show: (snapshot) => this.show(snapshot),
      runs: (runs) => this.study.take(runs),
      progress: (progress) => this.study.grow(progress),
      comparing: (share) => this.study.share(share),
      open: (tab, start) => {
        this.starting = start ? tab : undefined;
        this.look({ tab });
      },
    });
    const kept = (this.host.getState() ?? {}) as Partial<View>;
    this.view = { tab: 'schedules', axis: 't', scroll: 0, ...kept };
    observeTheme(() => {
      this.theme = readTheme();
      this.changed();
    });
    // The rail folds by the width of the page.
    addEventListener('resize', () => this.changed());
    void this.ask('ready').then((snapshot) => snapshot && this.show(snapshot));
  }

  /** The experiment as the page draws it: the last valid one, with the drafts that fit. */
  get experiment(): Experiment | undefined {
    const from = this.snapshot?.experiment;
    if (!from) return undefined;
    const shown = this.drafts.over(from);
    const key = JSON.stringify(shown);
    if (this.memo?.key !== key) this.memo = { key, from, shown };
    return this.memo.shown;
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

  /** Calls the host; rejects with its refusal. */
  request<K extends keyof HostCalls>(name: K, ...args: Parameters<HostCalls[K]>): Promise<ReturnType<HostCalls[K]>> {
    return this.host.call(name, ...args);
  }

  /** Calls the host; a refusal is shown on the page and answers undefined. */
  async ask<K extends keyof HostCalls>(
    name: K,
    ...args: Parameters<HostCalls[K]>
  ): Promise<ReturnType<HostCalls[K]> | undefined> {
    try {
      return await this.host.call(name, ...args);
    } catch (error) {
      this.failure = error instanceof Error ? error.message : String(error);
      this.drafts.settle();
      this.changed();
      return undefined;
    }
  }

  /** Makes one undoable edit of the document; the page shows it at once and goes back where the host refuses. */
  edit(...changes: Change[]): void {
    this.failure = '';
    const { snapshot } = this;
    if (changes.length && snapshot?.experiment) {
      const text = changes.reduce(applyChange, JSON.stringify(snapshot.experiment));
      this.snapshot = { ...snapshot, experiment: parseExperiment(text).experiment ?? snapshot.experiment };
      void this.send(changes);
    }
    this.changed();
  }

  /** While edits are on their way, what the host shows is older than the page: the last of it counts once all are made. */
  private async send(changes: readonly Change[]): Promise<void> {
    this.sent++;
    await this.ask('edit', changes);
    this.sent--;
    if (this.arrived) this.show(this.arrived);
  }

  /** Previews a parameter without touching the document. */
  preview(index: number, name: string, text: string): void {
    this.drafts.set(index, name, text);
    this.changed();
  }

  /** Puts a schedule's drafts into the document, where they are allowed. */
  commit(index: number, name: string): void {
    const entry = this.snapshot?.experiment?.schedules[index];
    if (entry) this.edit(...this.drafts.commit(entry, index, name));
  }

  /** Adds the first family that is not shown yet. */
  add(): void {
    const entries = this.entries();
    const used = new Set(entries.map(({ id }) => id));
    const family = schedules.find(({ id }) => !used.has(id)) ?? schedules[0]!;
    this.open.clear();
    this.open.add(entries.length);
    this.edit({ path: ['schedules', entries.length], value: newEntry(family.id), insert: true });
  }

  remove(index: number): void {
    this.drafts.clear();
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
    this.drafts.clear();
    for (const set of [this.hidden, this.open]) {
      const kept = order.flatMap((old, i) => (set.has(old) ? [i] : []));
      set.clear();
      for (const i of kept) set.add(i);
    }
    const entries = this.entries();
    this.edit({ path: ['schedules'], value: order.map((i) => entries[i]) });
  }

  /** Gives a schedule another family, at its defaults; its modifiers stay. */
  choose(index: number, id: string): void {
    const { params, inputs } = newEntry(id);
    this.drafts.clear();
    this.edit(
      { path: ['schedules', index, 'id'], value: id },
      { path: ['schedules', index, 'params'], value: params },
      { path: ['schedules', index, 'inputs'], value: inputs },
    );
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

  private entries(): readonly ScheduleEntry[] {
    return this.snapshot?.experiment?.schedules ?? [];
  }

  private show(snapshot: Snapshot): void {
    this.arrived = snapshot;
    if (this.sent) return;
    // Drafts outlive a change of other schedules, so that it does not end a drag.
    const ids = snapshot.experiment?.schedules.map(({ id }) => id) ?? [];
    this.entries().forEach(({ id }, i) => id !== ids[i] && this.drafts.clear(i));
    this.drafts.settle();
    this.snapshot = snapshot;
    this.changed();
  }
}

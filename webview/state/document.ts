import { changeExperiment, type Change } from '../../src/core/experiment/changes';
import type { ScheduleEntry } from '../../src/core/schedules/entrySchema';
import type { Snapshot } from '../../src/protocol/hostCalls';
import { Editing } from './editing';

/** What a document in the page uses. */
export interface DocumentHost {
  /** Makes one undoable edit of the document. Fulfilled when it was made or refused. */
  edit(changes: readonly Change[]): Promise<unknown>;
  /** Draws the page in the next frame. */
  changed(): void;
}

/** The document as the page has it: what the host showed last, with the edits that are on their way. */
export class PageDocument {
  snapshot: Snapshot | undefined;
  /** What is edited over it. */
  readonly editing: Editing;
  /** What the host showed last, and how many edits it has not answered yet. */
  private arrived: Snapshot | undefined;
  private sent = 0;
  private edits: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: DocumentHost) {
    this.editing = new Editing({
      document: () => this.snapshot?.experiment,
      send: (changes) => {
        this.edits = Promise.all([this.edits, this.edit(changes)]);
      },
      changed: () => host.changed(),
    });
  }

  /** Whether the text cannot be read at present, so nothing can be edited. */
  get blocked(): boolean {
    return !this.snapshot?.experiment || this.snapshot.problems.some(({ severity }) => severity === 'error');
  }

  /** Whether it is the experiment of a run, which stays as it was trained. */
  get readOnly(): boolean {
    return this.snapshot?.status === 'read-only';
  }

  /** Whether all that is on the page is on the disk, too: what is typed or on its way is not. */
  get status(): Snapshot['status'] {
    const { status = 'untitled' } = this.snapshot ?? {};
    return status === 'saved' && (this.sent || this.editing.waits) ? 'unsaved' : status;
  }

  /** Commits what is typed and waits for Enter. Fulfilled when every edit of the page was made or refused. */
  async commit(): Promise<void> {
    this.editing.enterAll();
    await this.edits;
  }

  /** The file name without its ending. Names of saved files begin with it. */
  get stem(): string {
    return this.snapshot?.file.replace(/(\.noprop)?\.json$/, '') ?? 'lab';
  }

  /** Takes what the host shows. While edits are on their way it is older than the page, and waits. */
  show(snapshot: Snapshot): void {
    this.arrived = snapshot;
    if (this.sent) return;
    // What is edited outlives a change of other schedules, so that it does not end a drag.
    const before = this.snapshot?.experiment?.schedules ?? [];
    const next = snapshot.experiment?.schedules ?? [];
    before.forEach((entry, i) => shapeOf(entry) !== shapeOf(next[i]) && this.editing.clear(['schedules', i]));
    this.editing.settle();
    this.snapshot = snapshot;
    this.host.changed();
  }

  /** Makes one undoable edit. The page shows it at once, and goes back where the host refuses. */
  private async edit(changes: readonly Change[]): Promise<void> {
    const { snapshot } = this;
    if (!changes.length || !snapshot?.experiment) return;
    this.snapshot = { ...snapshot, experiment: changeExperiment(snapshot.experiment, changes) };
    this.sent++;
    await this.host.edit(changes);
    this.sent--;
    if (this.arrived) this.show(this.arrived);
  }
}

/** What an entry is made of, whatever the values: what is edited has its place in that. */
const shapeOf = (entry: ScheduleEntry | undefined) =>
  [entry?.id, ...(entry?.modifiers ?? []).map(({ id }) => id)].join();

import {
  changesAt,
  problemsAround,
  valueAt,
  withValueAt,
  type Change,
  type Path,
} from '../../src/core/experiment/changes';
import type { Experiment } from '../../src/core/experiment/experiment';
import { fieldAt } from '../../src/core/experiment/fieldAt';
import { InputError, messageOf } from '../../src/core/registry/problem';
import { readText, textOf } from './fieldText';

/** What is edited at a path and is not in the document yet: dragged or typed, refused, or on its way. */
export interface Edit {
  readonly path: Path;
  readonly text: string;
  /** Why it was refused. */
  readonly message?: string | undefined;
  /** Whether it is on its way to the document. */
  readonly sent: boolean;
  /** Whether its field reads it by rules of its own, so that it is no value of the schema's. */
  readonly raw?: boolean;
  /** Commits it, where it was typed and waits for Enter. */
  readonly enter?: () => void;
  /** Whether the page is drawn without it until then. */
  readonly hidden?: boolean;
}

/** Where edits go. */
export interface Target {
  /** The experiment of the document; undefined where there was never a valid one. */
  readonly document: () => Experiment | undefined;
  /** Makes one undoable edit of the document. */
  readonly send: (changes: readonly Change[]) => void;
  /** Is called when something new is to be drawn. */
  readonly changed: () => void;
}

const keyOf = (path: Path) => path.join('/');

/** Fields of one object are checked and committed together. */
const groupOf = (path: Path) => keyOf(path.slice(0, -1));

/**
 * What is edited over the document, by its path there. A drag or a text is shown in the page at once where it is allowed,
 * and becomes one edit of the document when it is committed. A text that is refused stays at its field, with why.
 */
export class Editing {
  private readonly edits = new Map<string, Edit>();
  private version = 0;
  private memo: { version: number; from: Experiment; key: string; shown: Experiment } | undefined;

  constructor(private readonly target: Target) {}

  /** The experiment of the document, without what is being edited. */
  get document(): Experiment | undefined {
    return this.target.document();
  }

  /** The experiment as the page draws it, with what is being edited where that is allowed. */
  get experiment(): Experiment | undefined {
    const from = this.document;
    if (!from) return undefined;
    if (this.memo?.from === from && this.memo.version === this.version) return this.memo.shown;
    const next = this.over(from);
    const key = JSON.stringify(next);
    // An equal experiment stays the same object: what was made of it is kept.
    const shown = this.memo?.key === key ? this.memo.shown : next;
    this.memo = { version: this.version, from, key, shown };
    return shown;
  }

  /** What is edited at a path. */
  at(path: Path): Edit | undefined {
    return this.edits.get(keyOf(path));
  }

  /** What the field at a path shows. */
  textAt(path: Path): string {
    const edit = this.at(path);
    if (edit) return edit.text;
    const { document, experiment } = this;
    // What a formula that is being typed brings along is not in the document yet.
    return document && experiment ? textOf(valueAt(document, path) ?? valueAt(experiment, path)) : '';
  }

  /** Shows what is dragged at a path, without touching the document. */
  preview(path: Path, text: string): void {
    this.put({ path, text, sent: false });
    this.target.changed();
  }

  /** Keeps what is typed at a path, until Enter or a save commits it. `shown` draws the page with it at once. */
  type(path: Path, text: string, { enter = () => this.commit(path, text), shown = false } = {}): void {
    const message = this.at(path)?.message;
    this.drop(path);
    if (text !== this.textAt(path)) this.put({ path, text, message, sent: false, enter, hidden: !shown });
    this.target.changed();
  }

  /** Whether something is typed that waits for Enter. */
  get waits(): boolean {
    return [...this.edits.values()].some(({ enter }) => enter);
  }

  /** Commits everything that is typed and waits for Enter. */
  enterAll(): void {
    for (const { enter } of [...this.edits.values()]) enter?.();
  }

  /** Puts a text into the document, with those beside it that wait for it. What is refused stays, with its message. */
  commit(path: Path, text: string): void {
    this.put({ path, text, sent: false });
    const { document } = this;
    const changes = document ? this.accepted(document, path) : [];
    if (changes.length) this.target.send(changes);
    this.target.changed();
  }

  /** Commits the changes that a text stands for. An error says why the text is refused. */
  attempt(path: Path, text: string, changesOf: () => readonly Change[]): void {
    this.drop(path);
    try {
      this.target.send(changesOf());
    } catch (error) {
      this.refuse(path, text, error);
    }
    this.target.changed();
  }

  /** Keeps a text at its field, with why it is refused. */
  refuse(path: Path, text: string, error: unknown): void {
    this.put({ path, text, message: messageOf(error), sent: false, raw: true });
    this.target.changed();
  }

  /** Sets a value that was chosen. What is edited inside it is let go. */
  set(path: Path, value: unknown): void {
    const { experiment } = this;
    if (experiment) this.replace(path, changesAt(experiment, path, value));
  }

  /** Takes a value out of the document, so that it has its default; where that is refused, its field says why. */
  reset(path: Path): void {
    const { experiment } = this;
    const [problem] = experiment ? problemsAround(withValueAt(experiment, path, undefined), path) : [];
    if (problem) this.refuse(path, this.textAt(path), new InputError(problem.message));
    else this.set(path, undefined);
  }

  /** Makes changes of the document. What is edited at a path, or inside it, is let go. */
  replace(path: Path, changes: readonly Change[]): void {
    this.clear(path);
    this.target.send(changes);
    this.target.changed();
  }

  /** Goes back to what the document has. */
  restore(path: Path): void {
    this.drop(path);
    this.target.changed();
  }

  /** Lets go of what is edited at a path and inside it, or of all. */
  clear(path: Path = []): void {
    const inside = path.length ? `${keyOf(path)}/` : '';
    for (const key of this.edits.keys()) if (key.startsWith(inside)) this.edits.delete(key);
    this.drop(path);
  }

  /** Lets go of what the document has taken, or has not: its answer is there. */
  settle(): void {
    for (const [key, { sent }] of this.edits) if (sent) this.edits.delete(key);
    this.version++;
  }

  private put(edit: Edit): void {
    this.edits.set(keyOf(edit.path), edit);
    this.version++;
  }

  private drop(path: Path): void {
    this.edits.delete(keyOf(path));
    this.version++;
  }

  /** The experiment with every edit in it that is allowed. The rest keep the last valid value. */
  private over(experiment: Experiment): Experiment {
    const groups = new Map<string, Edit[]>();
    const shown = [...this.edits.values()].filter(({ hidden }) => !hidden);
    for (const edit of shown) groups.set(groupOf(edit.path), [...(groups.get(groupOf(edit.path)) ?? []), edit]);
    // Inputs first: they decide which parameters there are.
    const ordered = [...groups.values()].sort(([a], [b]) => Number(isInput(b!.path)) - Number(isInput(a!.path)));
    return ordered.reduce((before, edits) => {
      let next = before;
      for (const edit of edits) {
        const reading = read(before, edit);
        if (reading && 'value' in reading) next = withValueAt(next, edit.path, reading.value);
      }
      return next === before || problemsAround(next, edits[0]!.path).length ? before : next;
    }, experiment);
  }

  /** The changes for the edits beside a path that are allowed. The others are marked with why they are not. */
  private accepted(document: Experiment, path: Path): Change[] {
    const group = [...this.edits.values()].filter((edit) => groupOf(edit.path) === groupOf(path) && !edit.hidden);
    const fit: Edit[] = [];
    const changes: Change[] = [];
    let next = document;
    for (const edit of group) {
      const reading = read(document, edit);
      if (reading?.message !== undefined) this.put({ ...edit, message: reading.message });
      if (!reading || !('value' in reading)) continue;
      if (isSame(reading.value, valueAt(document, edit.path))) {
        this.drop(edit.path);
        continue;
      }
      fit.push(edit);
      changes.push(...changesAt(next, edit.path, reading.value));
      next = withValueAt(next, edit.path, reading.value);
    }
    const [problem] = fit.length ? problemsAround(next, path) : [];
    if (problem) {
      // Said where the value was typed, which may be another field than the one that is wrong now.
      const blamed = fit.find((edit) => keyOf(edit.path) === keyOf(problem.path)) ?? this.at(path);
      if (blamed) this.put({ ...blamed, message: problem.message });
      return [];
    }
    for (const edit of fit) this.put({ ...edit, message: undefined, sent: true });
    return changes;
  }
}

const isInput = (path: Path) => path[2] === 'inputs';

const isSame = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

/** What an edit's text means; undefined where the experiment has no such field, or the text is not for it. */
function read(experiment: Experiment, { path, text, raw }: Edit) {
  const field = raw ? undefined : fieldAt(path, experiment);
  return field && readText(field, text);
}

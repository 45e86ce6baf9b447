import { readFileSync, writeFileSync } from 'node:fs';
import { EventEmitter } from './events';
import type { Uri } from './uri';

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
}

/** Edits of several documents, made together. */
export class WorkspaceEdit {
  readonly edits: { readonly uri: Uri; readonly range: Range; readonly text: string }[] = [];

  replace(uri: Uri, range: Range, text: string): void {
    this.edits.push({ uri, range, text });
  }

  insert(uri: Uri, position: Position, text: string): void {
    this.replace(uri, new Range(position, position), text);
  }
}

/** A document has another text, or only another dirty state where nothing of the text changed. */
export interface DocumentChange {
  readonly document: TextDocument;
  readonly contentChanges: readonly unknown[];
}

/** A text document: its text, what can be undone and redone, and what is on the disk. */
export class TextDocument {
  readonly languageId = 'jsonc';
  private past: string[] = [];
  private future: string[] = [];
  private saved: string;
  private text: string;
  version = 1;
  /** Whether VS Code takes no edits of it. */
  isReadonly = false;
  isDirty = false;

  constructor(
    readonly uri: Uri,
    /** Whether an untitled document has its place by its address: it is saved there without asking. */
    readonly isPlaced: boolean,
    private readonly changed: EventEmitter<DocumentChange>,
    private readonly saving: EventEmitter<TextDocument>,
    /** Its text, where it is in no file; it then takes no edits. */
    text?: string,
  ) {
    this.isReadonly = text !== undefined;
    this.text = text ?? (this.isUntitled ? '' : readFileSync(uri.fsPath, 'utf8'));
    this.saved = this.text;
  }

  get isUntitled(): boolean {
    return this.uri.scheme === 'untitled';
  }

  get fileName(): string {
    return this.uri.fsPath;
  }

  get lineCount(): number {
    return this.text.split('\n').length;
  }

  getText(range?: Range): string {
    return range ? this.text.slice(this.offsetAt(range.start), this.offsetAt(range.end)) : this.text;
  }

  offsetAt({ line, character }: Position): number {
    const before = this.text.split('\n').slice(0, line);
    return before.reduce((sum, { length }) => sum + length + 1, character);
  }

  positionAt(offset: number): Position {
    const before = this.text.slice(0, offset).split('\n');
    return new Position(before.length - 1, before.at(-1)!.length);
  }

  /** One edit, so one step of undo. */
  edit(range: Range, text: string): void {
    const [start, end] = [this.offsetAt(range.start), this.offsetAt(range.end)];
    this.past.push(this.text);
    this.future = [];
    this.show(this.text.slice(0, start) + text + this.text.slice(end));
  }

  undo(): void {
    this.step(this.past, this.future);
  }

  redo(): void {
    this.step(this.future, this.past);
  }

  private step(from: string[], to: string[]): void {
    const text = from.pop();
    if (text === undefined) return;
    to.push(this.text);
    this.show(text);
  }

  /** Writes the text to its file: an untitled one to where its address leads, which is the root for a bare name. */
  save(): boolean {
    writeFileSync(this.uri.fsPath, this.text);
    this.saved = this.text;
    this.updateDirty();
    this.saving.fire(this);
    return true;
  }

  /** Takes what is on the disk, as VS Code does for a document that is not dirty, and on File: Revert. */
  revert(): void {
    this.saved = readFileSync(this.uri.fsPath, 'utf8');
    this.past.push(this.text);
    this.show(this.saved);
  }

  private show(text: string): void {
    this.text = text;
    this.version++;
    this.changed.fire({ document: this, contentChanges: [text] });
    this.updateDirty();
  }

  /** VS Code tells of the dirty state after it told of the text. */
  private updateDirty(): void {
    const isDirty = this.isUntitled ? this.text !== '' : this.text !== this.saved;
    if (isDirty === this.isDirty) return;
    this.isDirty = isDirty;
    this.changed.fire({ document: this, contentChanges: [] });
  }
}

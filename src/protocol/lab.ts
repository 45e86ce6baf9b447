import type { Change } from '../core/document';
import type { Experiment } from '../core/experiment';
import type { LocatedProblem } from '../core/problem';

/** All a page shows of its experiment, sent when the page says it is ready and after every change. */
export interface Snapshot {
  /** File name, or "Untitled". */
  readonly file: string;
  /** A document saved on disk, one with changes to save, or one never saved. */
  readonly status: 'saved' | 'unsaved' | 'untitled';
  /** The last valid experiment; undefined where the text was never valid. */
  readonly experiment?: Experiment | undefined;
  /** What is wrong with the text as it is now; an error means `experiment` is older than the text. */
  readonly problems: readonly LocatedProblem[];
}

/** A file that a page made: text, or bytes as base64. */
export interface FileContent {
  readonly name: string;
  readonly content: string;
  readonly encoding: 'utf8' | 'base64';
}

/** What a page may ask of the host. */
export type HostCalls = {
  /** The page listens from now on; the answer is what it shows first. */
  ready(): Snapshot;
  /** Makes one undoable edit of the document. */
  edit(changes: readonly Change[]): void;
  /** Shows the document as text, at an offset where one is given. */
  showText(offset?: number): void;
  /** Opens the experiment in the lab (from the side panel). */
  openLab(): void;
  /** Saves the experiment, asking where if it has no file. */
  save(): void;
  /** Asks where to save a file the page made, and writes it. Answers whether it was written. */
  saveFile(file: FileContent): boolean;
  /** Puts text on the clipboard. */
  copy(text: string): void;
};

/** What the host may ask of a page. */
export type PageCalls = {
  show(snapshot: Snapshot): void;
};

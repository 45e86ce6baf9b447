import * as vscode from 'vscode';
import { applyChanges } from '../core/experiment/applyChange';
import { parseExperiment, type Parsed } from '../core/experiment/document';
import { type Change } from '../core/experiment/changes';
import type { Experiment } from '../core/experiment/experiment';
import { InputError } from '../core/registry/problem';
import type { DocumentSnapshot } from '../protocol/hostCalls';
import { say } from './say';

/** The file name of an experiment ends so. */
export const SUFFIX = '.noprop.json';

/** Whether an address is an experiment's by its name. */
export const isExperiment = ({ path }: vscode.Uri): boolean => path.endsWith(SUFFIX);

/** Milliseconds that a save waits for pages: VS Code waits for what a save waits for not much longer. */
const PATIENCE = 800;

/** Where an experiment lives: a text document, or the side panel's draft. Keeps the last valid reading of its text. */
export abstract class ExperimentSource {
  private read: { text: string; parsed: Parsed } | undefined;
  private lastValid: Experiment | undefined;
  private edits: Promise<unknown> = Promise.resolve();
  private readonly pages = new Set<() => Promise<unknown>>();

  /** Fires when the text or the status changed. */
  abstract readonly onDidChange: vscode.Event<void>;
  abstract readonly file: string;
  abstract readonly text: string;
  /** The folder that paths in the experiment are relative to; empty where it is in no folder of this machine. */
  abstract readonly folder: string;
  abstract readonly status: DocumentSnapshot['status'];
  /** Makes a new text of the text, as one undoable edit. Asks again of a newer text where the text moved on meanwhile. */
  protected abstract rewrite(change: (text: string) => string): Promise<void>;
  /** Writes the experiment to its file, asking for one where it has none. */
  abstract save(): Promise<void>;
  abstract openLab(): Promise<void>;

  /** Shows the text, with the cursor at an offset. */
  abstract showText(offset?: number): Promise<void>;

  parse(): Parsed {
    if (this.read?.text !== this.text) {
      this.read = { text: this.text, parsed: parseExperiment(this.text) };
      this.lastValid = this.read.parsed.experiment ?? this.lastValid;
    }
    return this.read.parsed;
  }

  snapshot(): DocumentSnapshot {
    const { problems } = this.parse();
    return { file: this.file, status: this.status, experiment: this.lastValid, problems };
  }

  /** The experiment as the text has it now; an InputError says where the text is wrong. */
  experiment(): Experiment {
    const { experiment, problems } = this.parse();
    if (experiment) return experiment;
    const [first] = problems;
    throw new InputError(say`${this.file}, line ${first!.line}, column ${first!.column}: ${first!.message}`);
  }

  /** Makes the changes as one edit, after those asked for before; refused while the text is invalid. */
  edit(changes: readonly Change[]): Promise<void> {
    const edit = this.edits.then(() =>
      this.rewrite((text) => {
        this.experiment();
        return applyChanges(text, changes);
      }),
    );
    this.edits = edit.catch(() => undefined);
    return edit;
  }

  /** A page that shows this source, by what commits what is typed there. Dispose it when the page shows another one. */
  addPage(commit: () => Promise<unknown>): vscode.Disposable {
    this.pages.add(commit);
    return new vscode.Disposable(() => this.pages.delete(commit));
  }

  /** Resolves once the text has what was typed and changed in the pages so far. */
  async settle(): Promise<void> {
    const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)); // a page that is hidden does not answer
    await Promise.race([Promise.allSettled([...this.pages].map((commit) => commit())), late]);
    await this.edits;
  }
}

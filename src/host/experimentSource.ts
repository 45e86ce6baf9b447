import * as vscode from 'vscode';
import { applyChanges } from '../core/experiment/applyChange';
import { parseExperiment, type Parsed } from '../core/experiment/document';
import { type Change } from '../core/experiment/changes';
import type { Experiment } from '../core/experiment/experiment';
import { InputError } from '../core/registry/problem';
import type { DocumentSnapshot } from '../protocol/hostCalls';

/** The file name of an experiment ends so. */
export const SUFFIX = '.noprop.json';

/** Where an experiment lives: a text document, or the side panel's draft. Keeps the last valid reading of its text. */
export abstract class ExperimentSource {
  private read: { text: string; parsed: Parsed } | undefined;
  private lastValid: Experiment | undefined;
  private edits: Promise<unknown> = Promise.resolve();

  /** Fires when the text or the status changed. */
  abstract readonly onDidChange: vscode.Event<void>;
  abstract readonly file: string;
  abstract readonly text: string;
  /** The folder that paths in the experiment are relative to; empty where it is in no folder of this machine. */
  abstract readonly folder: string;
  abstract readonly status: DocumentSnapshot['status'];
  protected abstract replace(text: string): Promise<void>;
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
    throw new InputError(`${this.file}, line ${first?.line}, column ${first?.column}: ${first?.message}`);
  }

  /** Makes the changes as one edit, after those asked for before; refused while the text is invalid. */
  edit(changes: readonly Change[]): Promise<void> {
    const edit = this.edits.then(async () => {
      this.experiment();
      await this.replace(applyChanges(this.text, changes));
    });
    this.edits = edit.catch(() => undefined);
    return edit;
  }
}

import type * as vscode from 'vscode';
import type { Source } from '../source';

/** What a command works with. */
export interface Context {
  /** The last active lab's experiment, else the side panel's draft. */
  readonly current: () => Source;
  readonly log: vscode.LogOutputChannel;
}

import type * as vscode from 'vscode';
import type { Labs } from '../labs';
import type { Source } from '../source';
import type { RunStore } from '../runStore';

/** What a command works with. */
export interface Context {
  /** The last active lab's experiment, else the side panel's draft. */
  readonly current: () => Source;
  readonly labs: Labs;
  readonly runStore: RunStore;
  readonly log: vscode.LogOutputChannel;
  /** The folder that the extension is installed in. */
  readonly extensionUri: vscode.Uri;
}

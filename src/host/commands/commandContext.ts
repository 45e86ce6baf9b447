import type * as vscode from 'vscode';
import type { Labs } from '../labs';
import type { ExperimentSource } from '../experimentSource';
import type { RunStore } from '../runStore';
import type { TreeState } from '../treeState';

/** What a command works with. */
export interface CommandContext {
  /** The last active lab's experiment, else the side panel's draft. */
  readonly current: () => ExperimentSource;
  readonly labs: Labs;
  readonly runStore: RunStore;
  /** How the tree of runs is shown. */
  readonly tree: TreeState;
  readonly log: vscode.LogOutputChannel;
  /** The folder that the extension is installed in. */
  readonly extensionUri: vscode.Uri;
}

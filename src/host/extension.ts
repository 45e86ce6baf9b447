import * as vscode from 'vscode';
import type { Snapshot } from '../protocol/lab';
import { registerCommands } from './commands';
import { watchProblems } from './diagnostics';
import { Draft } from './draft';
import { Labs } from './labs';
import { SideView } from './sideView';

/** What other extensions and tests may ask of this one. */
export interface Api {
  /** The experiment that the side panel and the commands work on now. */
  snapshot(): Snapshot;
}

/** Called by VS Code when something of the extension is first used. */
export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const { extensionUri, subscriptions, storageUri, globalStorageUri } = context;
  const log = vscode.window.createOutputChannel('NoProp Lab', { log: true });
  const labs = new Labs(extensionUri, log);
  const draft = await Draft.load(storageUri ?? globalStorageUri);
  const current = () => labs.last ?? draft;
  const side = new SideView(current, extensionUri, log);
  subscriptions.push(
    log,
    labs,
    draft,
    labs.onDidChange(() => side.refresh()),
    vscode.window.registerCustomEditorProvider('noprop.lab', labs),
    vscode.window.registerWebviewViewProvider('noprop.schedule', side),
    watchProblems(),
    ...registerCommands({ current, log }),
  );
  const { version } = context.extension.packageJSON as { version: string };
  log.info(`NoProp Lab ${version} is ready (VS Code ${vscode.version})`);
  return { snapshot: () => current().snapshot() };
}

import * as vscode from 'vscode';
import type { DocumentSnapshot } from '../protocol/hostCalls';
import type { RunSummary } from '../core/runs/runList';
import { registerCommands } from './commands';
import { tellOfRuns } from './contextKeys';
import { watchProblems } from './diagnostics';
import { DraftSource } from './draftSource';
import { FileAccess } from './fileAccess';
import { Labs } from './labs';
import { registerTools } from './languageModelTools';
import { RUN_SCHEME, RunDocuments } from './runDocuments';
import { RunFolders } from './runFolders';
import { askForLocation, chosenLocation, workspaceRuns } from './runsLocation';
import { RunsTree } from './runsTree';
import { showRuns } from './runsView';
import { warnOfSaves } from './saveWarnings';
import { SideView } from './sideView';
import { showTrainingInStatusBar } from './statusBar';
import { RunStore } from './runStore';
import { followUntitled } from './savedElsewhere';
import { offerCommand } from './terminalCommand';
import { helpWithText } from './textHelp';
import { TreeState } from './treeState';
import { ViewStates } from './viewStates';

/** What other extensions and tests may ask of this one. */
export interface Api {
  /** The experiment that the side panel and the commands work on now. */
  snapshot(): DocumentSnapshot;
  /** Every run of this workspace, newest first. */
  runs(): Promise<readonly RunSummary[]>;
}

/** VS Code hands `deactivate` nothing, so what it ends is kept here. */
let runStore: RunStore | undefined;

/** Called by VS Code when something of the extension is first used. */
export async function activate(context: vscode.ExtensionContext): Promise<Api> {
  const { extensionUri, subscriptions } = context;
  const storage = context.storageUri ?? context.globalStorageUri;
  const log = vscode.window.createOutputChannel('NoProp Lab', { log: true });
  const dist = vscode.Uri.joinPath(extensionUri, 'dist').fsPath;
  const files = new FileAccess(context.workspaceState, log);
  const folders = new RunFolders(vscode.Uri.joinPath(storage, 'runs').fsPath, workspaceRuns, chosenLocation);
  const runs = new RunStore(dist, folders, files, log);
  runStore = runs;
  const views = new ViewStates(context.workspaceState);
  const shown = new TreeState(context.workspaceState);
  const labs = new Labs(extensionUri, runs, log, views, shown);
  const draft = await DraftSource.load(storage);
  const current = () => labs.last ?? draft;
  const side = new SideView(current, runs, extensionUri, log);
  const tree = new RunsTree(runs, shown, () => current().snapshot().experiment);
  subscriptions.push(
    log,
    files,
    runs,
    views,
    followUntitled(views),
    labs,
    draft,
    labs.onDidChange(() => side.refresh()),
    vscode.window.registerCustomEditorProvider('noprop.lab', labs),
    vscode.window.registerWebviewViewProvider('noprop.schedule', side),
    vscode.workspace.registerFileSystemProvider(RUN_SCHEME, new RunDocuments(folders), { isReadonly: true }),
    shown,
    tree,
    showRuns(tree, shown, runs),
    vscode.workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('noprop.runs') && runs.look()),
    runs.onTrain(() => askForLocation(context.workspaceState)),
    tellOfRuns(runs),
    showTrainingInStatusBar(runs),
    warnOfSaves(runs, log),
    watchProblems(),
    helpWithText(),
    registerTools(runs),
    ...registerCommands({ current, labs, runStore: runs, tree: shown, log, extensionUri }),
  );
  void offerCommand(context, log);
  const { version } = context.extension.packageJSON as { version: string };
  log.info(`NoProp Lab ${version} is ready (VS Code ${vscode.version})`);
  return { snapshot: () => current().snapshot(), runs: () => runs.runs() };
}

/** Called by VS Code before it ends: a training keeps what it has. */
export const deactivate = (): Promise<void> | undefined => runStore?.close();

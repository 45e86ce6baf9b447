import * as vscode from 'vscode';
import { parseExperiment } from '../core/experiment/document';
import { movedText } from './dataPaths';
import { rewrite } from './documentEdits';
import { SUFFIX, type ExperimentSource } from './experimentSource';
import { askWhere, workspaceFolder, writeText } from './fileDialogs';
import { say } from './say';

const FILTERS = { [say`NoProp experiment`]: ['json'] };

/** The folder of a file, as paths in it are relative to. */
export const folderOf = (uri: vscode.Uri): string => vscode.Uri.joinPath(uri, '..').fsPath;

/**
 * Opens a new, unsaved experiment in the lab. VS Code takes a text document that an extension opens by such an address
 * for one that has its place, and would save it there without asking. So only an edit and an editor ever name it.
 */
export async function openUntitled(text: string): Promise<vscode.Uri> {
  const uri = await freeAddress();
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.commands.executeCommand('vscode.openWith', uri, 'noprop.lab');
  return uri;
}

/** Opens a new experiment with the text of another, whose paths lead to the same files. */
export const openCopy = ({ text, folder }: Pick<ExperimentSource, 'text' | 'folder'>): Promise<vscode.Uri> =>
  openUntitled(movedText(text, folder, workspaceFolder()));

/** The first untitled address that no open document has, and no file of the workspace is called like. */
async function freeAddress(): Promise<vscode.Uri> {
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path.split('/').pop()));
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  for (let number = 1; ; number++) {
    const name = `Untitled-${number}${SUFFIX}`;
    const isTaken = open.has(name) || (folder !== undefined && (await exists(vscode.Uri.joinPath(folder, name))));
    if (!isTaken) return vscode.Uri.from({ scheme: 'untitled', path: name });
  }
}

const exists = (uri: vscode.Uri): Thenable<boolean> =>
  vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );

/** An experiment's name as the name of its file: without what a file system refuses. */
function nameOf(text: string): string {
  const name = parseExperiment(text).experiment?.name ?? '';
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ').trim();
  return safe.replace(/^\.+|\.+$/g, '').slice(0, 100) || 'experiment';
}

/**
 * Asks where to save an experiment that has no file, and writes it there. Paths in it then lead to the same files as
 * from the workspace folder. Undefined where the user gave up.
 */
export async function saveNew(text: () => string): Promise<vscode.Uri | undefined> {
  const uri = await askWhere(`${nameOf(text())}${SUFFIX}`, FILTERS);
  if (uri) await writeText(uri, movedText(text(), workspaceFolder(), folderOf(uri)));
  return uri;
}

/** Closes the editors of an untitled document that was saved elsewhere. An empty one is closed without asking. */
export async function closeUntitled(document: vscode.TextDocument): Promise<void> {
  const address = document.uri.toString();
  await rewrite(document, () => '');
  const tabs = vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(
      ({ input }) =>
        (input instanceof vscode.TabInputCustom || input instanceof vscode.TabInputText) &&
        input.uri.toString() === address,
    );
  await vscode.window.tabGroups.close(tabs);
}

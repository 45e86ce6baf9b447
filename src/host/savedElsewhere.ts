import * as vscode from 'vscode';
import { movedText } from './dataPaths';
import { rewrite } from './documentEdits';
import { isExperiment } from './experimentSource';
import { workspaceFolder } from './fileDialogs';
import { folderOf } from './untitled';
import type { ViewStates } from './viewStates';

/**
 * Follows an experiment without a file to where VS Code's own dialog saves it: paths in it lead to the same files from
 * there, and it is shown as before. VS Code opens the file, puts the whole text into it, and saves it.
 */
export function followUntitled(views: ViewStates): vscode.Disposable {
  /** Files that were opened and have not changed since. */
  const fresh = new Set<string>();
  /** Files that have just got the text of an untitled document. */
  const copies = new Set<string>();
  const forget = ({ uri }: vscode.TextDocument) => [fresh, copies].forEach((set) => set.delete(uri.toString()));
  return vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(({ uri, isUntitled }) => isUntitled || fresh.add(uri.toString())),
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      const address = document.uri.toString();
      if (!contentChanges.length || !fresh.delete(address)) return;
      const source = untitledWith(document.getText());
      if (!source) return;
      views.copy(source.uri, document.uri);
      copies.add(address);
    }),
    vscode.workspace.onWillSaveTextDocument((event) => {
      const { document } = event;
      if (!copies.delete(document.uri.toString())) return;
      event.waitUntil(rewrite(document, (text) => movedText(text, workspaceFolder(), folderOf(document.uri))));
    }),
    vscode.workspace.onDidCloseTextDocument(forget),
  );
}

/** The experiment without a file that has this text. */
const untitledWith = (text: string): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((one) => one.isUntitled && isExperiment(one.uri) && one.getText() === text);

import * as vscode from 'vscode';
import { say } from './say';

/** Waits after a refusal with no other cause in sight, in milliseconds; after the last it is final. */
const PAUSES = [0, 10, 20, 40, 80, 160, 320, 640];

/** The name of a document's file. */
export const fileName = ({ uri }: vscode.TextDocument): string => uri.path.split('/').pop()!;

/**
 * Makes a new text of a document's text, as one undoable edit. VS Code refuses an edit of a text that has moved on
 * meanwhile. The edit is then made anew, of the newer text, until it is in. Rejects with what `change` throws, or where
 * the document takes no edits.
 */
export async function rewrite(document: vscode.TextDocument, change: (text: string) => string): Promise<void> {
  for (let refusals = 0; refusals <= PAUSES.length;) {
    const { version } = document;
    if (await replace(document, change(document.getText()))) return;
    if (document.version === version) await changeOf(document, PAUSES[refusals] ?? 0);
    refusals = document.version === version ? refusals + 1 : 0;
  }
  throw new Error(say`${fileName(document)} could not be edited: ${await whyRefused(document.uri)}`);
}

/** Whether VS Code took the edit that makes a document's text this one. */
async function replace(document: vscode.TextDocument, text: string): Promise<boolean> {
  return text === document.getText() || vscode.workspace.applyEdit(editTo(document, text));
}

/** The smallest edit that makes a document's text this one. */
export function editTo(document: vscode.TextDocument, text: string): vscode.WorkspaceEdit {
  const before = document.getText();
  const [start, end] = changedRange(before, text);
  const edit = new vscode.WorkspaceEdit();
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  edit.replace(document.uri, range, text.slice(start, end + text.length - before.length));
  return edit;
}

/** The range of `before` that differs from `after`: what one edit must replace. */
function changedRange(before: string, after: string): [start: number, end: number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [start, before.length - tail];
}

/** Resolves when a document changes, or after some time. */
function changeOf(document: vscode.TextDocument, pause: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      listener.dispose();
      clearTimeout(timer);
      resolve();
    };
    const listener = vscode.workspace.onDidChangeTextDocument((event) => event.document === document && end());
    const timer = setTimeout(end, pause);
  });
}

/** What is known of why VS Code takes no edit of a file. */
async function whyRefused(uri: vscode.Uri): Promise<string> {
  if (uri.scheme !== 'untitled') {
    if (vscode.workspace.fs.isWritableFileSystem(uri.scheme) === false) return say`its file system is read-only`;
    try {
      const { permissions = 0 } = await vscode.workspace.fs.stat(uri);
      if (permissions & vscode.FilePermission.Readonly) return say`it is read-only`;
    } catch {
      return say`its file is gone, or cannot be read`;
    }
  }
  return say`VS Code refused the edit, though the file can be written; try again`;
}

import * as vscode from 'vscode';

/** Asks where to save; suggests a name in the first workspace folder. Undefined where the user gave up. */
export function askWhere(name: string, filters: Record<string, string[]>): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    filters,
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
}

export const writeText = (uri: vscode.Uri, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(uri, Buffer.from(text, 'utf8'));

/** The first workspace folder, for what has no file of its own; empty where no folder is open. */
export const workspaceFolder = (): string => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';

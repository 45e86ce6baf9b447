import * as vscode from 'vscode';

export { eventually } from '../harness/wait';

/** A file's address in the workspace under test. */
export const fileOf = (name: string): vscode.Uri =>
  vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0]!.uri, name);

/** Writes a file of the workspace. */
export async function write(name: string, text: string): Promise<vscode.Uri> {
  await vscode.workspace.fs.writeFile(fileOf(name), Buffer.from(text));
  return fileOf(name);
}

export const run = <T = unknown>(command: string, ...args: unknown[]): Thenable<T> =>
  vscode.commands.executeCommand<T>(command, ...args);

/** Addresses of all open labs. */
export const labTabs = (): string[] =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .map(({ input }) => input)
    .filter((input) => input instanceof vscode.TabInputCustom && input.viewType === 'noprop.lab')
    .map((input) => (input as vscode.TabInputCustom).uri.toString());

/** Closes every editor, dropping what was not saved. */
export async function closeEverything(): Promise<void> {
  while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.length)) {
    // the group that has the focus may be empty while editors stand beside it
    await vscode.commands.executeCommand('workbench.action.joinAllGroups');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
}

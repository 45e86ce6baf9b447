import * as vscode from 'vscode';
import { fileNameText } from '../core/text/plainText';
import { say } from './say';

/** Asks where to save; suggests a name in the first workspace folder. Undefined where the user gave up. */
export function askWhere(name: string, filters: Record<string, string[]>): Thenable<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    filters,
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, fileNameText(name)) }),
  });
}

/** The largest file that a page reads whole, in bytes. */
const LARGEST = 5 * 2 ** 20;

/** Asks for a file and reads it as UTF-8; undefined where the user gave up, an error where it is larger than 5 MB. */
export async function openText(title: string, extensions: readonly string[]): Promise<string | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title,
      openLabel: say`Load`,
      filters: { [title]: [...extensions], [say`All files`]: ['*'] },
      ...(folder && { defaultUri: folder }),
    })) ?? [];
  if (!uri) return undefined;
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > LARGEST)
    throw new Error(say`${uri.path.split('/').pop()!} has ${(size / 2 ** 20).toFixed(1)} MB: at most 5 MB are read`);
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

export const writeText = (uri: vscode.Uri, text: string): Thenable<void> =>
  vscode.workspace.fs.writeFile(uri, Buffer.from(text, 'utf8'));

/** The first workspace folder on this machine, for what has no file of its own; empty where there is none. */
export const workspaceFolder = (): string =>
  vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath ?? '';

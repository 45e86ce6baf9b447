import path from 'node:path';
import * as vscode from 'vscode';
import { InputError } from '../core/registry/problem';
import type { DroppedFile, FileContent } from '../protocol/hostCalls';
import { askWhere, workspaceFolder } from './fileDialogs';
import { say } from './say';

/** The file that a page was given by a drop, as one of this machine; undefined where the person gave up saving it. */
export async function droppedUri(dropped: DroppedFile, folder: string): Promise<vscode.Uri | undefined> {
  return 'uri' in dropped ? localUri(dropped.uri) : savedUri(dropped, folder);
}

/** A file by its address in VS Code's explorer, which on a remote machine names that too: the extension runs there. */
function localUri(address: string): vscode.Uri {
  const uri = vscode.Uri.parse(address);
  if (uri.scheme === 'file') return uri;
  if (uri.scheme === 'vscode-remote' && vscode.env.remoteName !== undefined) return vscode.Uri.file(uri.path);
  throw new InputError(say`${uri.path} is no file of this machine: save it in a folder first`);
}

/**
 * A file that came as bytes: the one of its name beside the experiment or in the workspace where that is the same, else
 * where the person saves it.
 */
async function savedUri({ name, content, encoding }: FileContent, folder: string): Promise<vscode.Uri | undefined> {
  const bytes = Buffer.from(content, encoding);
  const plain = path.basename(name);
  for (const place of new Set([folder, workspaceFolder()])) {
    if (place === '') continue;
    const uri = vscode.Uri.joinPath(vscode.Uri.file(place), plain);
    if (await isSame(uri, bytes)) return uri;
  }
  const extension = path.extname(plain).slice(1);
  const uri = await askWhere(plain, extension ? { Data: [extension] } : {});
  if (uri) await vscode.workspace.fs.writeFile(uri, bytes);
  return uri;
}

/** Whether a file has exactly these bytes. */
async function isSame(uri: vscode.Uri, bytes: Buffer): Promise<boolean> {
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    return size === bytes.length && bytes.equals(await vscode.workspace.fs.readFile(uri));
  } catch {
    return false; // there is none
  }
}

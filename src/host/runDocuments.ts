import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { fileNameText } from '../core/text/plainText';
import { SUFFIX } from './experimentSource';
import type { RunFolders } from './runFolders';
import { say } from './say';

/** The scheme of a run's experiment: noprop-run:/ID/NAME.noprop.json. */
export const RUN_SCHEME = 'noprop-run';

/** The address of the experiment of a run, as it was trained. */
export const runAddress = (id: string, name: string): vscode.Uri =>
  vscode.Uri.from({ scheme: RUN_SCHEME, path: `/${id}/${fileNameText(name)}${SUFFIX}` });

/** The run whose experiment is at an address; undefined where that is another file. */
export const runOfAddress = ({ scheme, path: place }: vscode.Uri): string | undefined =>
  scheme === RUN_SCHEME ? place.split('/')[1] : undefined;

/** The experiments of runs as files that can be read and not written: a run stays what was trained. */
export class RunDocuments implements vscode.FileSystemProvider {
  /** Nothing of a run's experiment ever changes. */
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(private readonly folders: RunFolders) {}

  private fileOf(uri: vscode.Uri): string {
    return path.join(this.folders.folderOf(runOfAddress(uri) ?? ''), 'experiment.json');
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return readFile(this.fileOf(uri)).catch(() => {
      throw vscode.FileSystemError.FileNotFound(uri);
    });
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const found = await stat(this.fileOf(uri)).catch(() => {
      throw vscode.FileSystemError.FileNotFound(uri);
    });
    const { ctimeMs: ctime, mtimeMs: mtime, size } = found;
    return { type: vscode.FileType.File, ctime, mtime, size, permissions: vscode.FilePermission.Readonly };
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(say`the experiment of a run stays as it was trained: ${uri.path}`);
  }

  delete(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): void {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}

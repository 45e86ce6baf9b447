import path from 'node:path';
import * as vscode from 'vscode';
import type { Experiment } from '../core/experiment/experiment';
import { experimentFiles } from '../core/experiment/experimentFiles';
import { isNetworkPath, refusalOf, type FilePlaces, type FileRefusedError } from '../core/files/filePlaces';
import type { DroppedFile, FilesState, UnreadFile } from '../protocol/hostCalls';
import { DataWatch } from './dataWatch';
import { droppedUri } from './droppedFiles';
import { confirm, warn } from './notify';
import { say } from './say';

/** Where the files that the person allowed are remembered, in the state of the workspace. */
const ALLOWED = 'allowedFiles';

/** A file's path as an experiment in a folder names it. */
function nameIn(folder: string, file: string): string {
  const relative = folder === '' ? file : path.relative(folder, file);
  return relative.startsWith('..') || path.isAbsolute(relative) ? file : relative.replaceAll('\\', '/');
}

/** The most files that are remembered; the oldest are forgotten. */
const MOST = 1000;

/**
 * Which data files experiments may have read. In a workspace that is not trusted: none. Else those in the workspace's
 * folders, those that lie beside the experiment that names them, and those that the person chose or allowed.
 */
export class FileAccess implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listeners: vscode.Disposable;
  /** What was asked for in this window: once is enough. */
  private readonly asked = new Set<string>();
  /** Paths that were found to lead elsewhere, and where. */
  private readonly links = new Map<string, string>();
  private changes = 0;
  private readonly watch = new DataWatch(() => this.change());
  /** Fires when other files may be read than before, or a data file changed on disk. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly memory: vscode.Memento,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.listeners = vscode.Disposable.from(
      this.changed,
      this.watch,
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.change()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.change()),
    );
  }

  /** The places that may be read now. */
  places(): FilePlaces {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    return {
      trusted: vscode.workspace.isTrusted,
      folders: folders.map(({ uri }) => uri.fsPath),
      files: this.memory.get<readonly string[]>(ALLOWED, []),
    };
  }

  /** What a page says of the files that an experiment in a folder names. Those that may be read are followed from now on. */
  stateOf(experiment: Experiment | undefined, folder: string): FilesState {
    const files = experiment ? experimentFiles(experiment) : [];
    return { readable: this.changes, unread: files.flatMap(({ file }) => this.unread(file, folder) ?? []) };
  }

  private unread(name: string, folder: string): UnreadFile | undefined {
    const places = this.places();
    const named = isNetworkPath(name) ? name : path.resolve(folder, name);
    const refusal = refusalOf(named, places, folder);
    if (refusal) return { file: named, why: refusal };
    if (!isNetworkPath(named)) this.watch.follow(named);
    const target = this.links.get(named);
    return target !== undefined && refusalOf(target, places) ? { file: target, why: 'outside' } : undefined;
  }

  /** Takes note of a file that the trainer did not read, and asks once whether it may. */
  refused({ code, file, named }: FileRefusedError): void {
    if (code !== 'outside') return;
    if (named !== file) {
      this.links.set(named, file);
      this.change();
    }
    if (this.asked.has(file)) return;
    this.asked.add(file);
    const question = /\.(py|c?js|mjs)$/.test(file)
      ? say`This experiment runs ${file}, which lies outside the workspace. Allow it?`
      : say`This experiment reads ${file}, which lies outside the workspace. Allow it?`;
    const allow = say`Allow`;
    void warn(question, allow, say`Not now`).then((answer) => {
      if (answer === allow) void this.remember(file);
    });
  }

  /** Asks whether a file may be read, and remembers that it may. */
  async ask(file: string): Promise<void> {
    const detail = `${file}\n\n${say`It lies outside the workspace. The answer is remembered for this workspace.`}`;
    const question = say`Allow this experiment to read a file?`;
    if (await confirm(question, detail, say`Allow`)) await this.remember(file);
  }

  /** Asks for a data file, which may then be read. Answers its path as an experiment in a folder names it. */
  async choose(title: string, extensions: readonly string[], folder: string): Promise<string | undefined> {
    const filters = { [title]: [...extensions], [say`All files`]: ['*'] };
    const defaultUri = folder === '' ? {} : { defaultUri: vscode.Uri.file(folder) };
    const chosen = await vscode.window.showOpenDialog({ title, filters, openLabel: say`Choose`, ...defaultUri });
    const file = chosen?.[0]?.fsPath;
    if (file === undefined) return undefined;
    if (this.isOutside(file, folder)) await this.remember(file);
    return nameIn(folder, file);
  }

  /**
   * Takes a data file that was dropped on a page; asks where its address lies outside the workspace, for only the page
   * says that it was dropped. Answers as `choose` does.
   */
  async take(dropped: DroppedFile, folder: string): Promise<string | undefined> {
    const file = (await droppedUri(dropped, folder))?.fsPath;
    if (file === undefined) return undefined;
    if (this.isOutside(file, folder)) await ('uri' in dropped ? this.ask(file) : this.remember(file));
    return this.isOutside(file, folder) ? undefined : nameIn(folder, file);
  }

  /** Whether a file would not be read in a workspace that is trusted. */
  private isOutside(file: string, folder: string): boolean {
    return refusalOf(file, { ...this.places(), trusted: true }, folder) !== undefined;
  }

  private async remember(file: string): Promise<void> {
    const before = this.memory.get<readonly string[]>(ALLOWED, []).filter((one) => one !== file);
    await this.memory.update(ALLOWED, [...before, file].slice(-MOST));
    this.log.info(`experiments of this workspace may read ${file}`);
    this.change();
  }

  private change(): void {
    this.changes++;
    this.changed.fire();
  }

  dispose(): void {
    this.listeners.dispose();
  }
}

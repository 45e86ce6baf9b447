import * as vscode from 'vscode';
import { DiskState } from './diskState';
import { fileName, rewrite } from './documentEdits';
import { ExperimentSource } from './experimentSource';
import { workspaceFolder } from './fileDialogs';
import { InputError } from '../core/registry/problem';
import { runOfAddress } from './runDocuments';
import { say } from './say';
import { closeUntitled, folderOf, saveNew } from './untitled';
import type { ViewStates } from './viewStates';

/** An experiment in a text document: VS Code owns its truth, undo and dirty state. */
export class DocumentSource extends ExperimentSource implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listeners: vscode.Disposable;
  private readonly disk: DiskState;
  /** The run whose experiment this is; undefined where it is one that can be changed. */
  readonly run: string | undefined;
  readonly onDidChange = this.changed.event;

  constructor(
    readonly document: vscode.TextDocument,
    private readonly views: ViewStates,
    /** The folder that paths in the experiment of a run are relative to. */
    private readonly runFolder: (run: string) => string = () => '',
  ) {
    super();
    this.run = runOfAddress(document.uri);
    this.disk = new DiskState(document, () => this.changed.fire());
    const mine = (other: vscode.TextDocument) => other.uri.toString() === document.uri.toString();
    const follow = (other: vscode.TextDocument) => {
      if (!mine(other)) return;
      this.disk.check();
      this.changed.fire();
    };
    this.listeners = vscode.Disposable.from(
      this.changed,
      vscode.workspace.onDidChangeTextDocument((event) => follow(event.document)),
      vscode.workspace.onDidSaveTextDocument(follow),
      vscode.workspace.onWillSaveTextDocument((event) => {
        if (mine(event.document) && event.reason === vscode.TextDocumentSaveReason.Manual)
          event.waitUntil(this.settle());
      }),
    );
  }

  get file() {
    return fileName(this.document);
  }

  get text() {
    return this.document.getText();
  }

  get folder() {
    const { uri, isUntitled } = this.document;
    if (isUntitled) return workspaceFolder();
    if (this.run !== undefined) return this.runFolder(this.run);
    return uri.scheme === 'file' ? folderOf(uri) : '';
  }

  get status() {
    if (this.run !== undefined) return 'read-only';
    if (this.document.isUntitled) return 'untitled';
    return this.disk.isSaved ? 'saved' : 'unsaved';
  }

  protected async rewrite(change: (text: string) => string): Promise<void> {
    if (this.run !== undefined) throw new InputError(say`the experiment of a run stays as it was trained: edit a copy`);
    return rewrite(this.document, change);
  }

  async save(): Promise<void> {
    await this.settle();
    const { uri, isUntitled } = this.document;
    if (!isUntitled) return void (await vscode.workspace.save(uri));
    const file = await saveNew(() => this.text);
    if (!file) return;
    this.views.copy(uri, file);
    await vscode.commands.executeCommand('vscode.openWith', file, 'noprop.lab');
    await closeUntitled(this.document);
  }

  async openLab(): Promise<void> {
    await vscode.commands.executeCommand('vscode.openWith', this.document.uri, 'noprop.lab');
  }

  async showText(offset?: number): Promise<void> {
    const options: vscode.TextDocumentShowOptions = { preview: false };
    if (offset !== undefined) {
      const position = this.document.positionAt(offset);
      options.selection = new vscode.Range(position, position);
    }
    await vscode.commands.executeCommand('vscode.openWith', this.document.uri, 'default', options);
  }

  dispose(): void {
    this.listeners.dispose();
  }
}

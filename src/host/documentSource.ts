import * as vscode from 'vscode';
import { workspaceFolder } from './fileDialogs';
import { SUFFIX, ExperimentSource } from './experimentSource';

/** An experiment in a text document: VS Code owns its truth, undo and dirty state. */
export class DocumentSource extends ExperimentSource implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listeners: vscode.Disposable;
  readonly onDidChange = this.changed.event;

  constructor(readonly document: vscode.TextDocument) {
    super();
    const mine = (other: vscode.TextDocument) => other.uri.toString() === document.uri.toString();
    this.listeners = vscode.Disposable.from(
      this.changed,
      vscode.workspace.onDidChangeTextDocument((event) => mine(event.document) && this.changed.fire()),
      vscode.workspace.onDidSaveTextDocument((saved) => mine(saved) && this.changed.fire()),
    );
  }

  get file() {
    return this.document.uri.path.split('/').pop()!;
  }

  get text() {
    return this.document.getText();
  }

  get folder() {
    const { uri, isUntitled } = this.document;
    if (isUntitled) return workspaceFolder();
    return uri.scheme === 'file' ? vscode.Uri.joinPath(uri, '..').fsPath : '';
  }

  get status() {
    if (this.document.isUntitled) return 'untitled';
    return this.document.isDirty ? 'unsaved' : 'saved';
  }

  protected async replace(text: string): Promise<void> {
    const before = this.text;
    if (text === before) return;
    const [start, end] = changedRange(before, text);
    const edit = new vscode.WorkspaceEdit();
    const range = new vscode.Range(this.document.positionAt(start), this.document.positionAt(end));
    edit.replace(this.document.uri, range, text.slice(start, end + text.length - before.length));
    if (!(await vscode.workspace.applyEdit(edit)))
      throw new Error(`${this.file} could not be edited: is it read-only?`);
  }

  async save(): Promise<void> {
    await vscode.workspace.save(this.document.uri);
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

/** The range of `before` that differs from `after`: what one edit must replace. */
function changedRange(before: string, after: string): [start: number, end: number] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [start, before.length - tail];
}

/** Opens a new, unsaved experiment in the lab. */
export async function openUntitled(text: string): Promise<vscode.Uri> {
  const taken = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path));
  let number = 1;
  while (taken.has(`Untitled-${number}${SUFFIX}`)) number++;
  const uri = vscode.Uri.from({ scheme: 'untitled', path: `Untitled-${number}${SUFFIX}` });
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  edit.insert(uri, document.positionAt(0), text);
  await vscode.workspace.applyEdit(edit);
  await vscode.commands.executeCommand('vscode.openWith', uri, 'noprop.lab');
  return uri;
}

import * as vscode from 'vscode';
import { newExperiment } from '../core/experiment/experiment';
import { workspaceFolder, writeText } from './fileDialogs';
import { SUFFIX, ExperimentSource } from './experimentSource';
import { openUntitled, saveNew } from './untitled';
import { say } from './say';

const fresh = () => JSON.stringify(newExperiment(), null, 2) + '\n';

/** The side panel's own experiment, used while no lab is open; kept in a file until it is saved or opened. */
export class DraftSource extends ExperimentSource implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  readonly file = say`Untitled experiment`;
  readonly status = 'untitled';

  private constructor(
    private readonly uri: vscode.Uri,
    public text: string,
  ) {
    super();
  }

  /** The draft kept in the extension's storage folder, or a new one. */
  static async load(folder: vscode.Uri): Promise<DraftSource> {
    const uri = vscode.Uri.joinPath(folder, `draft${SUFFIX}`);
    const kept = await vscode.workspace.fs.readFile(uri).then(
      (bytes) => Buffer.from(bytes).toString('utf8'),
      () => fresh(), // there is none yet
    );
    return new DraftSource(uri, kept);
  }

  get folder() {
    return workspaceFolder();
  }

  protected rewrite(change: (text: string) => string): Promise<void> {
    return this.keep(change(this.text));
  }

  private async keep(text: string): Promise<void> {
    this.text = text;
    this.changed.fire();
    await writeText(this.uri, text);
  }

  async save(): Promise<void> {
    await this.settle();
    const uri = await saveNew(() => this.text);
    if (!uri) return;
    await this.keep(fresh());
    await vscode.commands.executeCommand('vscode.openWith', uri, 'noprop.lab');
  }

  async openLab(): Promise<void> {
    await openUntitled(this.text);
    await this.keep(fresh());
  }

  showText(): Promise<void> {
    return this.openLab();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

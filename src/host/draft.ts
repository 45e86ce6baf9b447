import * as vscode from 'vscode';
import { newExperiment } from '../core/experiment';
import { openUntitled } from './documentSource';
import { askWhere, writeText } from './files';
import { SUFFIX, Source } from './source';

const KEY = 'draft';
const fresh = () => JSON.stringify(newExperiment(), null, 2) + '\n';

/** The side panel's own experiment, used while no lab is open; kept with the workspace until it is saved or opened. */
export class Draft extends Source implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;
  readonly file = 'Untitled experiment';
  readonly status = 'untitled';

  constructor(private readonly state: vscode.Memento) {
    super();
  }

  get text() {
    return this.state.get<string>(KEY) ?? fresh();
  }

  protected async replace(text: string | undefined): Promise<void> {
    await this.state.update(KEY, text);
    this.changed.fire();
  }

  async save(): Promise<void> {
    const uri = await askWhere(`experiment${SUFFIX}`, { 'NoProp experiment': ['noprop.json'] });
    if (!uri) return;
    await writeText(uri, this.text);
    await this.replace(undefined);
    await vscode.commands.executeCommand('vscode.openWith', uri, 'noprop.lab');
  }

  async openLab(): Promise<void> {
    await openUntitled(this.text);
    await this.replace(undefined);
  }

  showText(): Promise<void> {
    return this.openLab();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

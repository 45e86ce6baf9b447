import type * as vscode from 'vscode';
import { WebviewPage } from './webviewPage';
import type { ExperimentSource } from './experimentSource';
import type { RunStore } from './runStore';

/** The side panel's schedule view: always on the current experiment. */
export class SideView implements vscode.WebviewViewProvider {
  private page: WebviewPage | undefined;

  constructor(
    private readonly current: () => ExperimentSource,
    private readonly runStore: RunStore,
    private readonly extension: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    this.page = new WebviewPage(view.webview, this.current(), this.runStore, this.extension, 'side', this.log);
    view.onDidChangeVisibility(() => view.visible || this.page?.hide());
    view.onDidDispose(() => {
      this.page?.dispose();
      this.page = undefined;
    });
  }

  /** Shows the current experiment, after it became another one. */
  refresh(): void {
    this.page?.watch(this.current());
  }
}

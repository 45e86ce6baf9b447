import type * as vscode from 'vscode';
import { Page } from './page';
import type { Source } from './source';
import type { Training } from './training';

/** The side panel's schedule view: always on the current experiment. */
export class SideView implements vscode.WebviewViewProvider {
  private page: Page | undefined;

  constructor(
    private readonly current: () => Source,
    private readonly training: Training,
    private readonly extension: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  resolveWebviewView(view: vscode.WebviewView): void {
    this.page = new Page(view.webview, this.current(), this.training, this.extension, 'side', this.log);
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

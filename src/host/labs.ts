import path from 'node:path';
import * as vscode from 'vscode';
import type { ShownImport } from '../core/imports';
import { DocumentSource } from './documentSource';
import { SUFFIX } from './experimentSource';
import { WebviewPage } from './webviewPage';
import { say } from './say';
import type { RunStore } from './runStore';
import { runNames } from '../core/runs/runNames';
import type { OverlaidRun } from '../protocol/pageCalls';
import type { TreeState } from './treeState';
import type { ViewStates } from './viewStates';

export interface Lab {
  readonly source: DocumentSource;
  readonly page: WebviewPage;
  readonly panel: vscode.WebviewPanel;
}

/** The lab: a custom text editor on *.noprop.json. Remembers which one was active last. */
export class Labs implements vscode.CustomTextEditorProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Open labs, the last active one last. */
  private labs: Lab[] = [];
  private readonly overlays: vscode.Disposable;
  private overlaid: { readonly key: string; readonly runs: readonly OverlaidRun[] } = { key: '[]', runs: [] };
  /** Fires when another lab became the last active one, or the last one closed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly runStore: RunStore,
    private readonly log: vscode.LogOutputChannel,
    private readonly views: ViewStates,
    private readonly tree: TreeState,
  ) {
    this.overlays = vscode.Disposable.from(
      tree.onDidChange((what) => what === 'overlaid' && this.overlay()),
      // once the runs are known, and where one is renamed or deleted
      runStore.onDidChange(() => this.overlay()),
    );
  }

  /** Lays the runs that are checked in the tree over those in view, in every lab. */
  private overlay(): void {
    const { overlaid } = this.tree;
    const runs = overlaid.flatMap((id) => this.runStore.runOf(id) ?? []);
    const names = runNames(runs);
    const shown = runs.map(({ id, data }) => ({ id, title: names.get(id)!, regression: data.regression }));
    const key = JSON.stringify(shown);
    if (key === this.overlaid.key) return;
    this.overlaid = { key, runs: shown };
    for (const { page } of this.labs) page.overlay(shown);
  }

  /** The experiment of the last active lab that is still open. */
  get last(): DocumentSource | undefined {
    return this.labs.at(-1)?.source;
  }

  /** Shows a tab of the last active lab, or a part of it, and starts what it is for. */
  show(tab: string, start: boolean, part?: string): void {
    this.front()?.open(tab, start, part);
  }

  /** Opens the dialog that makes a figure of the charts of the last active lab. */
  figure(): void {
    this.front()?.figure();
  }

  /** The page of the last active lab, in front. */
  private front(): WebviewPage | undefined {
    const lab = this.labs.at(-1);
    // Where it is in front already, a reveal would only take the focus from whatever has it now.
    if (!lab?.panel.active) lab?.panel.reveal();
    return lab?.page;
  }

  /** Every lab that is open, the last active one last. */
  get open(): readonly Pick<Lab, 'source'>[] {
    return this.labs;
  }

  /** Shows a run in the lab on a document. */
  showRun(document: vscode.Uri, run: string): void {
    const lab = this.labs.find(({ source }) => source.document.uri.toString() === document.toString());
    lab?.page.showRun(run);
  }

  /** Shows in the last active lab what an import made of a file; `again` imports it with its numbers taken for another kind. */
  showReport(report: ShownImport, again: (as: string) => Promise<void>): void {
    this.labs.at(-1)?.page.showReport({ report, again });
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    // VS Code shows the ending of an untitled file twice where the tab has the file's name. A name of its own prevents it.
    if (document.isUntitled) panel.title = path.posix.basename(document.uri.path, SUFFIX);
    const source = new DocumentSource(document, this.views, (run) => this.runStore.runOf(run)?.data.folder ?? '');
    if (source.run !== undefined) panel.title = say`${path.posix.basename(document.uri.path, SUFFIX)} (run)`;
    const view = {
      kept: this.views.of(document.uri),
      keep: (state: unknown) => this.views.keep(document.uri, state),
    };
    const page = new WebviewPage(panel.webview, source, this.runStore, this.extension, 'lab', this.log, view);
    page.overlay(this.overlaid.runs);
    const lab = { source, page, panel };
    const others = () => this.labs.filter((one) => one !== lab);
    const activate = () => this.set([...others(), lab]);
    panel.onDidChangeViewState(() => {
      if (!panel.visible) page.hide();
      if (panel.active) activate();
    });
    panel.onDidDispose(() => {
      this.set(others());
      page.dispose();
      source.dispose();
    });
    activate();
  }

  private set(labs: Lab[]): void {
    const before = this.last;
    this.labs = labs;
    if (this.last !== before) this.changed.fire();
  }

  dispose(): void {
    this.overlays.dispose();
    this.changed.dispose();
  }
}

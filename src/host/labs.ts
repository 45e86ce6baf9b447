import * as vscode from 'vscode';
import { DocumentSource } from './documentSource';
import { Page } from './page';

/** The lab: a custom text editor on *.noprop.json. Remembers which one was active last. */
export class Labs implements vscode.CustomTextEditorProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  /** Open labs, the last active one last. */
  private open: DocumentSource[] = [];
  /** Fires when another lab became the last active one, or the last one closed. */
  readonly onDidChange = this.changed.event;

  constructor(
    private readonly extension: vscode.Uri,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** The experiment of the last active lab that is still open. */
  get last(): DocumentSource | undefined {
    return this.open.at(-1);
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    const source = new DocumentSource(document);
    const page = new Page(panel.webview, source, this.extension, 'lab', this.log);
    const others = () => this.open.filter((lab) => lab !== source);
    const activate = () => this.set([...others(), source]);
    panel.onDidChangeViewState(() => panel.active && activate());
    panel.onDidDispose(() => {
      this.set(others());
      page.dispose();
      source.dispose();
    });
    activate();
  }

  private set(open: DocumentSource[]): void {
    const before = this.last;
    this.open = open;
    if (this.last !== before) this.changed.fire();
  }

  dispose(): void {
    this.changed.dispose();
  }
}

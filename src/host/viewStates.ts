import * as vscode from 'vscode';

const KEY = 'noprop.views';

/** The most documents whose views are kept; the oldest goes first. */
const MOST = 100;

/** How pages show their documents (tab, zoom, scroll), by the document's address. It follows a file that is renamed. */
export class ViewStates implements vscode.Disposable {
  private readonly states: Map<string, unknown>;
  private readonly listener = vscode.workspace.onWillRenameFiles(({ files }) => {
    for (const { oldUri, newUri } of files) this.rename(oldUri.toString(), newUri.toString());
  });

  constructor(private readonly memento: vscode.Memento) {
    this.states = new Map(Object.entries(memento.get<Record<string, unknown>>(KEY, {})));
  }

  of(document: vscode.Uri): unknown {
    return this.states.get(document.toString());
  }

  keep(document: vscode.Uri, state: unknown): void {
    this.put(document.toString(), state);
  }

  /** Lets a document begin with the view of another: it is the same experiment in another place. */
  copy(from: vscode.Uri, to: vscode.Uri): void {
    const state = this.of(from);
    if (state !== undefined) this.keep(to, state);
  }

  /** A file, or a folder with all in it, has another name. */
  private rename(from: string, to: string): void {
    for (const [key, state] of [...this.states])
      if (key === from || key.startsWith(`${from}/`)) this.put(to + key.slice(from.length), state);
  }

  private put(key: string, state: unknown): void {
    this.states.delete(key);
    this.states.set(key, state);
    for (const oldest of [...this.states.keys()].slice(0, -MOST)) this.states.delete(oldest);
    void this.memento.update(KEY, Object.fromEntries(this.states));
  }

  dispose(): void {
    this.listener.dispose();
  }
}

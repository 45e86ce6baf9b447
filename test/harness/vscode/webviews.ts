import { EventEmitter } from './events';
import type { TextDocument } from './text';
import { Uri } from './uri';

/** The address that the pages' files are served at. */
export const ORIGIN = 'http://lab.test';

/** What shows a webview's document: a browser's page. Undefined while it is hidden. */
export interface Screen {
  /** Shows the document anew. */
  load(html: string): void;
  /** Gives the document a message; false where it is gone. */
  post(message: unknown): Promise<boolean>;
}

/** A webview of the window: its document, its messages, and what its page keeps. */
export class Webview {
  private readonly received = new EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.received.event;
  readonly cspSource = ORIGIN;
  options: unknown = {};
  screen: Screen | undefined;
  /** What the page asked VS Code to keep for it. */
  state: unknown;
  private document = '';

  get html(): string {
    return this.document;
  }

  set html(text: string) {
    this.document = text;
    this.screen?.load(text);
  }

  asWebviewUri(uri: Uri): Uri {
    return Uri.parse(`${ORIGIN}${uri.path}`);
  }

  /** A hidden webview loses its messages, as in VS Code. */
  postMessage(message: unknown): Promise<boolean> {
    return this.screen?.post(message) ?? Promise.resolve(false);
  }

  receive(message: unknown): void {
    this.received.fire(message);
  }
}

/** An editor tab, or a view of the side bar, that holds a webview. */
export class WebviewPanel {
  private readonly viewState = new EventEmitter<void>();
  private readonly disposed = new EventEmitter<void>();
  readonly onDidChangeViewState = this.viewState.event;
  readonly onDidChangeVisibility = this.viewState.event;
  readonly onDidDispose = this.disposed.event;
  readonly webview = new Webview();
  active = false;
  visible = false;
  title = '';

  constructor(
    readonly viewType: string,
    /** The document of a custom editor. */
    readonly document: TextDocument | undefined,
    private readonly show: (panel: WebviewPanel) => void,
  ) {}

  reveal(): void {
    this.show(this);
  }

  setState(active: boolean, visible: boolean): void {
    if (active === this.active && visible === this.visible) return;
    this.active = active;
    this.visible = visible;
    this.viewState.fire();
  }

  dispose(): void {
    this.setState(false, false);
    this.disposed.fire();
  }
}

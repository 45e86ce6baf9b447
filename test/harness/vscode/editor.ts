import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Dialogs } from './dialogs';
import { Disposable, EventEmitter } from './events';
import { Position, Range, TextDocument, type DocumentChange } from './text';
import { Uri } from './uri';
import { WebviewPanel } from './webviews';

type Command = (...args: never[]) => unknown;

interface CustomEditorProvider {
  resolveCustomTextEditor(document: TextDocument, panel: WebviewPanel, token: unknown): unknown;
}

/** A document is about to be saved, which waits for what is given. */
export interface WillSave {
  readonly document: TextDocument;
  readonly reason: number;
  waitUntil(work: Promise<unknown>): void;
}

interface ViewProvider {
  resolveWebviewView(view: WebviewPanel, context: unknown, token: unknown): unknown;
}

/** Files of a scheme of the extension's own. */
interface FileSystem {
  readFile(uri: Uri): Promise<Uint8Array>;
}

interface StatusItem {
  text: string;
  shown: boolean;
}

/**
 * The one window that the stand-in for VS Code has: its folder, documents, editors, views and commands. What is here
 * behaves as in VS Code as far as the extension can tell; a test opens a folder, drives it, and closes it.
 */
export class Editor {
  readonly dialogs = new Dialogs();
  readonly commands = new Map<string, Command>();
  readonly contexts = new Map<string, unknown>();
  readonly customEditors = new Map<string, CustomEditorProvider>();
  readonly views = new Map<string, ViewProvider>();
  readonly trees = new Map<string, unknown>();
  /** Fires the rows of a tree that were checked, by the tree's id. */
  readonly checked = new Map<string, EventEmitter<unknown>>();
  readonly fileSystems = new Map<string, FileSystem>();
  /** Fires when a setting was changed. */
  readonly configured = new EventEmitter<{ affectsConfiguration(section: string): boolean }>();
  /** The items of the status bar. */
  readonly statusItems = new Map<string, StatusItem>();
  readonly opened = new EventEmitter<TextDocument>();
  readonly changed = new EventEmitter<DocumentChange>();
  readonly willSave = new EventEmitter<WillSave>();
  readonly willRename = new EventEmitter<{ readonly files: readonly { oldUri: Uri; newUri: Uri }[] }>();
  readonly saved = new EventEmitter<TextDocument>();
  readonly closed = new EventEmitter<TextDocument>();
  /** Fires when what is on the screen became another editor or view. */
  readonly shown = new EventEmitter<void>();
  documents: TextDocument[] = [];
  /** Editors by their order of use, the active one last; a document stands for its text editor. */
  editors: (WebviewPanel | TextDocument)[] = [];
  readonly sideViews = new Map<string, WebviewPanel>();
  folder = '';
  /** Whether the person trusts the folder. */
  trusted = true;
  /** Fires when the person begins to trust the folder. */
  readonly trustGranted = new EventEmitter<void>();
  readonly foldersChanged = new EventEmitter<void>();
  settings: Record<string, unknown> = {};
  clipboard = '';
  /** How often the editor of the trust was opened. */
  trustEditors = 0;
  /** Milliseconds that an edit of the extension is on its way. */
  distance = 1;
  readonly log: string[] = [];

  constructor() {
    const onActive = (what: (document: TextDocument) => unknown) => () => {
      const document = this.activeDocument;
      return document && what(document);
    };
    const own: Record<string, Command> = {
      setContext: (key: string, value: unknown) => void this.contexts.set(key, value),
      undo: onActive((document) => document.undo()),
      redo: onActive((document) => document.redo()),
      'workbench.action.files.save': onActive((document) => this.save(document)),
      'workbench.action.files.revert': onActive((document) => document.revert()),
      'workbench.action.closeActiveEditor': () => this.closeActive(),
      'workbench.trust.manage': () => void this.trustEditors++,
      'vscode.open': (uri: Uri) => this.open(uri),
      'vscode.openWith': (uri: Uri, id: string) => this.openWith(uri, id),
    };
    for (const [id, command] of Object.entries(own)) this.commands.set(id, command);
  }

  /** How many functions listen to any of the window's events. */
  get listeners(): number {
    return Object.values(this).reduce((sum: number, one) => sum + (one instanceof EventEmitter ? one.size : 0), 0);
  }

  get active(): WebviewPanel | TextDocument | undefined {
    return this.editors.at(-1);
  }

  get activeDocument(): TextDocument | undefined {
    return this.active instanceof WebviewPanel ? this.active.document : this.active;
  }

  run(id: string, ...args: unknown[]): Promise<unknown> {
    const command = this.commands.get(id) as ((...args: unknown[]) => unknown) | undefined;
    if (!command) return Promise.reject(new Error(`command '${id}' not found`));
    return Promise.resolve().then(() => command(...args));
  }

  register<T>(map: Map<string, T>, id: string, one: T): Disposable {
    if (map.has(id)) throw new Error(`${id} is registered already`);
    map.set(id, one);
    return new Disposable(() => map.delete(id));
  }

  /** A new item of the status bar, hidden at first. */
  statusItem(id: string) {
    const item = {
      text: '',
      tooltip: '',
      shown: false,
      show: () => void (item.shown = true),
      hide: () => void (item.shown = false),
      dispose: () => void this.statusItems.delete(id),
    };
    this.statusItems.set(id, item);
    return item;
  }

  /** The open document of an address; `isPlaced` as an extension opens an untitled one by its address. */
  openDocument(uri: Uri, isPlaced = false, text?: string): TextDocument {
    const known = this.documents.find((document) => document.uri.toString() === uri.toString());
    if (known) return known;
    if (isPlaced && uri.scheme === 'untitled' && existsSync(uri.fsPath)) throw new Error('file already exists');
    const document = new TextDocument(uri, isPlaced, this.changed, this.saved, text);
    this.documents.push(document);
    this.opened.fire(document);
    return document;
  }

  /** Changes a setting, as the editor of the settings does. */
  configure(key: string, value: unknown): Promise<void> {
    this.settings = { ...this.settings, [key]: value };
    this.configured.fire({ affectsConfiguration: (section) => key.startsWith(section) });
    return Promise.resolve();
  }

  /** A key that the extension binds goes to it: Ctrl+S in the lab of an untitled experiment. */
  press(command: string): Promise<unknown> {
    const isOwn = command === 'workbench.action.files.save' && this.active instanceof WebviewPanel;
    return this.run(isOwn && this.activeDocument?.isUntitled ? 'noprop.saveExperiment' : command);
  }

  /** Saves a document as File: Save does. Undefined where the user gave up. */
  async save(document: TextDocument): Promise<Uri | undefined> {
    if (document.isUntitled && !document.isPlaced) return this.saveUntitled(document);
    await this.prepareSave(document);
    document.save();
    return document.uri;
  }

  /** Listeners may edit a document before it is written. */
  private async prepareSave(document: TextDocument): Promise<void> {
    const waits: Promise<unknown>[] = [];
    this.willSave.fire({ document, reason: 1, waitUntil: (work) => void waits.push(work) });
    await Promise.all(waits);
  }

  /** Asks for the place, and has the file there take the place of the document. */
  private async saveUntitled(document: TextDocument): Promise<Uri | undefined> {
    const suggested = Uri.joinPath(Uri.file(this.folder), document.uri.path);
    const uri = await this.dialogs.ask<Uri>({ kind: 'save', text: suggested.path, suggested });
    if (!uri) return undefined;
    writeFileSync(uri.fsPath, '');
    const file = this.openDocument(uri);
    file.edit(new Range(new Position(0, 0), file.positionAt(file.getText().length)), document.getText());
    await this.prepareSave(file);
    file.save();
    await this.open(uri);
    this.closeDocument(document);
    return uri;
  }

  /** Closes a document and its editors, without asking. */
  closeDocument(document: TextDocument): void {
    const isOf = (one: WebviewPanel | TextDocument) => (one instanceof WebviewPanel ? one.document : one) === document;
    const closed = this.editors.filter(isOf);
    this.editors = this.editors.filter((one) => !isOf(one));
    for (const one of closed) if (one instanceof WebviewPanel) one.dispose();
    this.documents = this.documents.filter((one) => one !== document);
    this.closed.fire(document);
    if (this.active) this.show(this.active);
    else this.shown.fire();
  }

  /** Gives a file another name, as the explorer does: its editor is another one then. */
  async rename(oldUri: Uri, newUri: Uri): Promise<void> {
    this.willRename.fire({ files: [{ oldUri, newUri }] });
    renameSync(oldUri.fsPath, newUri.fsPath);
    const document = this.documents.find(({ uri }) => uri.toString() === oldUri.toString());
    if (!document) return;
    await this.open(newUri);
    this.closeDocument(document);
  }

  /** Opens a file in the editor that VS Code would take: the lab for an experiment. */
  private open(uri: Uri): Promise<void> {
    return this.openWith(uri, uri.path.endsWith('.noprop.json') ? 'noprop.lab' : 'default');
  }

  private async openWith(uri: Uri, id: string): Promise<void> {
    const files = this.fileSystems.get(uri.scheme);
    const text = files && Buffer.from(await files.readFile(uri)).toString('utf8');
    const document = this.openDocument(uri, false, text);
    if (id === 'default') return this.show(document);
    const same = (one: unknown) => one instanceof WebviewPanel && one.viewType === id && one.document === document;
    const open = this.editors.find(same);
    if (open) return this.show(open);
    const provider = this.customEditors.get(id);
    if (!provider) throw new Error(`there is no editor ${id}`);
    const panel = new WebviewPanel(id, document, (one) => this.show(one));
    panel.active = panel.visible = true;
    await provider.resolveCustomTextEditor(document, panel, undefined);
    this.show(panel);
  }

  /** Brings an editor to the front of the one group; the others are hidden. */
  show(editor: WebviewPanel | TextDocument): void {
    this.editors = [...this.editors.filter((one) => one !== editor), editor];
    for (const one of this.editors) if (one instanceof WebviewPanel) one.setState(one === editor, one === editor);
    this.shown.fire();
  }

  private closeActive(): void {
    const closed = this.editors.pop();
    if (closed instanceof WebviewPanel) closed.dispose();
    if (this.active) this.show(this.active);
    else this.shown.fire();
  }

  /** Shows a view of the side bar, as a click on its icon does. */
  async openView(id: string): Promise<WebviewPanel> {
    const open = this.sideViews.get(id);
    if (open) return open;
    const view = new WebviewPanel(id, undefined, () => undefined);
    view.active = view.visible = true;
    this.sideViews.set(id, view);
    await this.views.get(id)!.resolveWebviewView(view, undefined, undefined);
    this.shown.fire();
    return view;
  }

  /** The files of the folder whose names end so. */
  find(ending: string): Uri[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending) && !name.includes('node_modules'))
      .map((name) => Uri.file(path.join(this.folder, name)));
  }

  /** Closes every editor and view, and forgets the folder. */
  close(): void {
    for (const editor of this.editors) if (editor instanceof WebviewPanel) editor.dispose();
    for (const view of this.sideViews.values()) view.dispose();
    this.editors = [];
    this.sideViews.clear();
    this.documents = [];
    this.dialogs.clear();
    this.shown.fire();
  }
}

/** The window. VS Code's API is one for a process, so this is too. */
export const editor = new Editor();

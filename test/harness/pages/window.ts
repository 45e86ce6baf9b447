import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import type { ExtensionContext } from 'vscode';
import type { Api } from '../../../src/host/extension';
import { eventually } from '../wait';
import { labelOf, type Dialog } from '../vscode/dialogs';
import { editor } from '../vscode/editor';
import { extensionContext, loadHost, type Host } from '../vscode/host';
import { Memento } from '../vscode/memento';
import { Range, type TextDocument } from '../vscode/text';
import { TreeReader, type Tree, type TreeRow } from '../vscode/treeReader';
import { Uri } from '../vscode/uri';
import { WebviewPanel } from '../vscode/webviews';
import { calm } from '../calm.mjs';
import { Screens } from './screens';
import type { Theme } from './themes';

export interface Options {
  readonly theme?: Theme;
  /** Whether the person trusts the folder; true where it is left out. */
  readonly trusted?: boolean;
  /** User settings. */
  readonly settings?: Record<string, unknown>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Pixels of a picture for one of the page. */
  readonly scale?: number;
  /** The folder of the extension, built; by default the one under test. */
  readonly extension?: string;
}

interface Session {
  newContext(options: BrowserContextOptions): Promise<BrowserContext>;
  screenshot(page: Page, name: string): Promise<string>;
  capture(title: string): Promise<void>;
  closeAll(): Promise<void>;
}

export const root = process.env.NOPROP_ROOT ?? process.cwd();

/** The harness, by its address: every test bundle of the process then gets the same instance, so the same browser. */
export const session = async (): Promise<Session> => {
  const file = path.join(root, 'test/harness/pages/session.mjs');
  return (await import(pathToFileURL(file).href)) as Session;
};

/** What a lab has of a window of 1280 by 800 pixels, whose title, tabs and activity bar take the rest. */
export const wide = { width: 1232, height: 720 };
/** The same of a window of 700 by 1000. */
export const narrow = { width: 652, height: 920 };

/** Commands of VS Code's own palette that tests use. */
const own: Record<string, string> = {
  'File: Save': 'workbench.action.files.save',
  'File: Revert': 'workbench.action.files.revert',
  'View: Close Editor': 'workbench.action.closeActiveEditor',
  Undo: 'undo',
  Redo: 'redo',
};

type Manifest = { contributes: { commands: { command: string; title: string; category?: string }[] } };

/** Commands by their titles in the palette. */
function palette(extension: string): Map<string, string> {
  const read = (name: string) => JSON.parse(readFileSync(path.join(extension, name), 'utf8')) as unknown;
  const words = read('package.nls.json') as Record<string, string>;
  const { commands } = (read('package.json') as Manifest).contributes;
  const rows = commands.map(({ command, title, category }): [string, string] => [
    `${category}: ${words[title.replaceAll('%', '')] ?? title}`,
    command,
  ]);
  return new Map([...Object.entries(own), ...rows]);
}

/** A window of the stand-in for VS Code, with the extension running in it and its webviews in the browser. */
export class LabWindow {
  readonly errors: string[] = [];
  /** The addresses that its pages asked for, data and blobs of their own apart. */
  readonly requests: string[] = [];
  private readonly screens: Screens;
  private readonly titles: Map<string, string>;
  private readonly host: Host;
  private context: ExtensionContext | undefined;
  /** What the extension keeps for the workspace; it outlives a reload. */
  private readonly memory = new Memento();
  private drawing: Promise<unknown> = Promise.resolve();
  private readonly trees = new TreeReader();
  private readonly listener = editor.shown.event(() => this.draw());
  api!: Api;

  private constructor(
    private readonly browser: BrowserContext,
    /** The folder that is open, an absolute path. */
    readonly dir: string,
    private readonly extension: string,
  ) {
    this.screens = new Screens(browser, editor, extension, this.errors);
    browser.on('request', (request) => {
      if (/^(?!data:|blob:)/.test(request.url())) this.requests.push(request.url());
    });
    this.titles = palette(extension);
    this.host = loadHost(extension);
  }

  /** Opens a window on a new folder with these files (path -> text). Close it when done. */
  static async open(files: Record<string, string>, options: Options = {}): Promise<LabWindow> {
    const { extension = root, viewport = wide, scale = 1, settings = {}, trusted = true, theme = 'light' } = options;
    const home = mkdtempSync(path.join(tmpdir(), 'noprop-pages-'));
    const dir = path.join(home, 'workspace');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(dir, name)), { recursive: true });
      writeFileSync(path.join(dir, name), text);
    }
    editor.folder = dir;
    editor.settings = { 'noprop.runs.location': 'storage', ...settings };
    editor.trusted = trusted;
    const window = new LabWindow(
      await (await session()).newContext({ viewport, deviceScaleFactor: scale }),
      dir,
      extension,
    );
    await window.screens.serve();
    await window.screens.setTheme(theme);
    await window.start();
    return window;
  }

  private async start(): Promise<void> {
    this.context = extensionContext(this.extension, path.join(this.dir, '../storage'), this.memory);
    this.api = await this.host.activate(this.context);
  }

  private async stop(): Promise<void> {
    await this.host.deactivate();
    for (const one of this.context!.subscriptions.splice(0)) one.dispose();
    editor.close();
    await this.settled();
  }

  /** Shows what is visible in the editor, in pages, and closes the others. */
  private draw(): void {
    const panels = [...editor.editors, ...editor.sideViews.values()].filter((one) => one instanceof WebviewPanel);
    const visible = panels.filter((panel) => panel.visible).map(({ webview }) => webview);
    this.drawing = this.drawing.then(() => this.screens.keep(visible));
  }

  /** Resolves once what is visible has its pages, and the others are closed: a page that closes moves the focus. */
  private settled(): Promise<unknown> {
    return this.drawing;
  }

  /** The page of the active lab, once it shows something; opens a file in it first where one is named. */
  async lab(file?: string): Promise<Page> {
    if (file) await editor.run('vscode.openWith', this.uri(file), 'noprop.lab');
    await eventually('a lab is active', () => editor.active instanceof WebviewPanel);
    const page = await this.screens.show((editor.active as WebviewPanel).webview);
    await this.settled();
    await page.locator('body[data-page=lab] [role=tab]').first().waitFor();
    await calm(page);
    return page;
  }

  /** The page of the side panel's schedule view. */
  async side(): Promise<Page> {
    const view = await editor.openView('noprop.schedule');
    const page = await this.screens.show(view.webview);
    await this.settled();
    await page.locator('body[data-page=side] canvas').first().waitFor();
    await calm(page);
    return page;
  }

  /** The person trusts the folder from now on. */
  trust(): void {
    editor.trusted = true;
    editor.trustGranted.fire();
  }

  /** How often the editor of the trust was opened. */
  get trustEditors(): number {
    return editor.trustEditors;
  }

  uri(file: string): Uri {
    return Uri.file(path.join(this.dir, file));
  }

  /** The file whose text editor is active. */
  get textEditor(): string | undefined {
    const { active } = editor;
    return active && !(active instanceof WebviewPanel) ? path.relative(this.dir, active.uri.fsPath) : undefined;
  }

  /** Starts a command by its title in the palette; VS Code's own are awaited, since they end at once. */
  async runCommand(title: string): Promise<void> {
    const id = this.titles.get(title);
    if (!id) throw new Error(`the palette has no "${title}"`);
    const done = editor.run(id);
    done.catch((error: unknown) => this.errors.push(String(error)));
    if (title in own) await done;
  }

  /** Writes a file as another program would; a document that is open and not dirty follows it. */
  write(file: string, text: string): void {
    writeFileSync(path.join(this.dir, file), text);
    const document = editor.documents.find(({ uri }) => uri.fsPath === this.uri(file).fsPath);
    if (document && !document.isDirty) document.revert();
  }

  /** Types a text into a document, behind some words of it, as another editor of it would. */
  typeBehind(file: string, words: string, text: string): void {
    const document = this.document(file);
    const at = document.positionAt(document.getText().indexOf(words) + words.length);
    document.edit(new Range(at, at), text);
  }

  /** The open document of a file. */
  document(file: string): TextDocument {
    return editor.openDocument(this.uri(file));
  }

  /** Gives a file another name. */
  rename(from: string, to: string): Promise<void> {
    return editor.rename(this.uri(from), this.uri(to));
  }

  /** How long an edit of the extension is on its way, in milliseconds. */
  set distance(milliseconds: number) {
    editor.distance = milliseconds;
  }

  /** Waits for a dialog of a kind, and answers it by what `choose` makes of it. */
  private async answer<T>(kind: Dialog['kind'], choose: (dialog: Dialog) => T | undefined): Promise<T> {
    let choice: { dialog: Dialog; value: T } | undefined;
    await eventually(`a ${kind} dialog`, () => {
      for (const dialog of editor.dialogs.open) {
        const value = dialog.kind === kind ? choose(dialog) : undefined;
        if (value !== undefined) choice ??= { dialog, value };
      }
      return choice !== undefined;
    });
    choice!.dialog.answer(choice!.value);
    return choice!.value;
  }

  /** Accepts the name that a save dialog suggests, or gives it a file's of the folder; answers the path. */
  async chooseFile(file?: string): Promise<string> {
    const given = file === undefined ? undefined : this.uri(file);
    return (await this.answer('save', ({ suggested }) => given ?? suggested)).fsPath;
  }

  /** Picks the row of a picker, or the button of a message, whose name holds the text. */
  async pick(text: string, kind: 'pick' | 'message' = 'pick'): Promise<void> {
    await this.answer(kind, ({ items }) => items?.find((item) => labelOf(item).includes(text)));
  }

  /** Types an answer into a box that asks for one. */
  readonly type = (text: string): Promise<string> => this.answer('input', () => text);

  /** Takes the text that stands in a box that asks for one. */
  readonly accept = (): Promise<string> => this.answer('input', ({ value }) => value ?? '');

  /** Chooses a file in an open dialog. */
  async openFile(file: string): Promise<void> {
    await this.answer('open', () => [this.uri(file)]);
  }

  /** Checks the box of a run in the tree. */
  checkRun(id: string): void {
    editor.checked.get('noprop.runs')!.fire({ items: [[{ kind: 'run', id }, 1]] });
  }

  /** Changes a setting of VS Code. */
  set = (setting: string, value: unknown): Promise<void> => editor.configure(setting, value);

  /** Runs a command by its id, as a menu does. */
  runById = (id: string, ...args: unknown[]): Promise<unknown> => editor.run(id, ...args);

  /** The rows of the tree of runs, or those under the row of a label. */
  tree(...under: readonly string[]): Promise<TreeRow[]> {
    return this.trees.read(editor.trees.get('noprop.runs') as Tree, under);
  }

  /** The text of the active document. */
  get activeText(): string {
    return editor.activeDocument?.getText() ?? '';
  }

  /** The value of a key that the extension set for when-clauses. */
  contextKey(key: string): unknown {
    return editor.contexts.get(key);
  }

  /** The most calls of pages that waited for an answer at one time. */
  get mostPending(): number {
    return this.screens.mostPending;
  }

  /** How many functions listen to VS Code, and how many pages there are. */
  get held() {
    return { listeners: editor.listeners, pages: this.browser.pages().length };
  }

  /** What the status bar shows of the extension. */
  get statusBar(): string[] {
    return [...editor.statusItems.values()].filter(({ shown }) => shown).map(({ text }) => text);
  }

  /** Every message shown so far. */
  get messages(): readonly string[] {
    return editor.dialogs.messages;
  }

  get clipboard(): string {
    return editor.clipboard;
  }

  setTheme(theme: Theme): Promise<void> {
    return this.screens.setTheme(theme);
  }

  /** Writes test/artifacts/<name>.png. */
  async screenshot(name: string, page?: Page): Promise<string> {
    return (await session()).screenshot(page ?? (await this.lab()), name);
  }

  /** Loads the window again: the extension ends and starts anew, and the editors that were open come back. */
  async reload(): Promise<void> {
    const open = editor.editors.map((one) => (one instanceof WebviewPanel ? one.document!.uri : one.uri));
    await this.stop();
    await this.start();
    for (const uri of open) if (uri.scheme === 'file') await editor.run('vscode.open', uri);
  }

  async close(): Promise<void> {
    await this.stop();
    this.listener.dispose();
    await this.browser.close();
    rmSync(path.dirname(this.dir), { recursive: true, force: true, maxRetries: 5 });
  }
}

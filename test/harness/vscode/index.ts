// Stands in for the module 'vscode' where the extension's host runs without a VS Code, for the tests of its pages.
import { readdir, readFile, rm, stat, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type * as real from 'vscode';
import { editor } from './editor';
import { CancellationTokenSource, Disposable, EventEmitter } from './events';
import type { TextDocument, WorkspaceEdit } from './text';
import { Uri } from './uri';

export { Position, Range, WorkspaceEdit } from './text';
export { CancellationTokenSource, Disposable, EventEmitter, Uri };

export const version = '1.100.0';
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const ProgressLocation = { SourceControl: 1, Window: 10, Notification: 15 };

export class ThemeIcon {
  static readonly File = new ThemeIcon('file');

  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export const TreeItemCollapsibleState = { None: 0, Collapsed: 1, Expanded: 2 };

export class TreeItem {
  readonly label: string;

  constructor(
    of: string | Uri,
    readonly collapsibleState = TreeItemCollapsibleState.None,
  ) {
    this.label = typeof of === 'string' ? of : path.basename(of.fsPath);
  }
}

export class MarkdownString {
  constructor(public value = '') {}

  appendText(text: string): this {
    return this.appendMarkdown(text.replace(/[\\`*_{}[\]()#+\-!~]/g, '\\$&'));
  }

  appendMarkdown(text: string): this {
    this.value += text;
    return this;
  }
}

export class Diagnostic {
  constructor(
    readonly range: unknown,
    readonly message: string,
    readonly severity: number,
  ) {}
}

export const env = {
  clipboard: {
    readText: () => Promise.resolve(editor.clipboard),
    writeText: (text: string) => {
      editor.clipboard = text;
      return Promise.resolve();
    },
  },
};

export const commands = {
  registerCommand: (id: string, run: (...args: never[]) => unknown) => editor.register(editor.commands, id, run),
  executeCommand: (id: string, ...args: unknown[]) => editor.run(id, ...args),
};

export const languages = {
  createDiagnosticCollection: () => {
    const map = new Map<string, unknown>();
    return {
      set: (uri: Uri, found: unknown) => void map.set(uri.toString(), found),
      delete: (uri: Uri) => void map.delete(uri.toString()),
      dispose: () => map.clear(),
    };
  },
};

/** A message: the text, options that are left alone, and the names of its buttons. */
function message(text: string, ...rest: unknown[]): Promise<unknown> {
  const buttons = rest.filter((one) => typeof one === 'string' || (one as { title?: string } | undefined)?.title);
  return editor.dialogs.ask({ kind: 'message', text, items: buttons });
}

type Log = (level: string) => (...args: unknown[]) => void;
const log: Log =
  (level) =>
  (...args) =>
    void editor.log.push(`${level}: ${args.map(String).join(' ')}`);

export const window = {
  createOutputChannel: () => ({
    trace: log('trace'),
    debug: log('debug'),
    info: log('info'),
    warn: log('warn'),
    error: log('error'),
    show: () => undefined,
    dispose: () => undefined,
  }),
  get activeTextEditor() {
    const { active } = editor;
    return active && 'positionAt' in active ? { document: active } : undefined;
  },
  createStatusBarItem: (id: string) => editor.statusItem(id),
  registerCustomEditorProvider: (id: string, one: never) => editor.register(editor.customEditors, id, one),
  registerWebviewViewProvider: (id: string, one: never) => editor.register(editor.views, id, one),
  registerTreeDataProvider: (id: string, one: unknown) => editor.register(editor.trees, id, one),
  showInformationMessage: message,
  showWarningMessage: message,
  showErrorMessage: message,
  showQuickPick: (items: readonly unknown[], { title = '' }: { title?: string } = {}) =>
    editor.dialogs.ask({ kind: 'pick', text: title, items }),
  showSaveDialog: ({ defaultUri }: { defaultUri?: Uri } = {}) =>
    editor.dialogs.ask({ kind: 'save', text: defaultUri?.path ?? '', suggested: defaultUri }),
  showOpenDialog: ({ title = '' }: { title?: string } = {}) => editor.dialogs.ask({ kind: 'open', text: title }),
  showTextDocument: (document: TextDocument) => {
    editor.show(document);
    return Promise.resolve({ document });
  },
  withProgress: (_: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work({ report: () => undefined }, new CancellationTokenSource().token),
};

export const workspace = {
  get workspaceFolders() {
    return editor.folder ? [{ uri: Uri.file(editor.folder), name: path.basename(editor.folder), index: 0 }] : undefined;
  },
  get isTrusted() {
    return editor.trusted;
  },
  onDidGrantWorkspaceTrust: editor.trustGranted.event,
  onDidChangeWorkspaceFolders: editor.foldersChanged.event,
  get textDocuments() {
    return editor.documents;
  },
  onDidOpenTextDocument: editor.opened.event,
  onDidChangeTextDocument: editor.changed.event,
  onDidSaveTextDocument: editor.saved.event,
  onDidCloseTextDocument: editor.closed.event,
  openTextDocument: (uri: Uri) => Promise.resolve(editor.openDocument(uri)),
  save: (uri: Uri) => Promise.resolve(editor.openDocument(uri).save() ? uri : undefined),
  applyEdit: ({ edits }: WorkspaceEdit) => {
    for (const { uri, range, text } of edits) editor.openDocument(uri).edit(range, text);
    return Promise.resolve(true);
  },
  asRelativePath: (uri: Uri) => path.relative(editor.folder, uri.fsPath),
  findFiles: (pattern: string) => Promise.resolve(editor.find(pattern.replace('**/*', ''))),
  getConfiguration: (room: string) => ({
    get: (key: string, fallback: unknown) => editor.settings[`${room}.${key}`] ?? fallback,
  }),
  fs: {
    readFile: (uri: Uri) => readFile(uri.fsPath),
    stat: (uri: Uri) => stat(uri.fsPath),
    readDirectory: async (uri: Uri) =>
      (await readdir(uri.fsPath, { withFileTypes: true })).map((one) => [one.name, one.isDirectory() ? 2 : 1]),
    /** There is no trash, as on a server. */
    delete: async (uri: Uri, { useTrash = false } = {}) => {
      if (useTrash) throw new Error('there is no trash');
      await rm(uri.fsPath, { recursive: true });
    },
    writeFile: async (uri: Uri, bytes: Uint8Array) => {
      await mkdir(path.dirname(uri.fsPath), { recursive: true });
      await writeFile(uri.fsPath, bytes);
    },
  },
};

// What is here must be called as in VS Code.
type Named<T> = { [K in keyof T]?: unknown };
({ commands, languages, window, workspace, env }) satisfies Named<typeof real>;
window satisfies Named<typeof real.window>;
workspace satisfies Named<typeof real.workspace>;

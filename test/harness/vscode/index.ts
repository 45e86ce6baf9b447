// Stands in for the module 'vscode' where the extension's host runs without a VS Code, for the tests of its pages.
import { readdir, readFile, rm, stat, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import type * as real from 'vscode';
import { editor } from './editor';
import { CancellationTokenSource, Disposable, EventEmitter } from './events';
import type { TextDocument, WorkspaceEdit } from './text';
import { Uri } from './uri';
import { WebviewPanel } from './webviews';

export { lm, LanguageModelTextPart, LanguageModelToolResult } from './languageModels';
export { Position, Range, WorkspaceEdit } from './text';
export { CancellationTokenSource, Disposable, EventEmitter, Uri };

export const version = '1.100.0';
export const DiagnosticSeverity = { Error: 0, Warning: 1, Information: 2, Hint: 3 };
export const ViewColumn = { Active: -1, Beside: -2 };
export const StatusBarAlignment = { Left: 1, Right: 2 };
export const TextDocumentSaveReason = { Manual: 1, AfterDelay: 2, FocusOut: 3 };
export const FilePermission = { Readonly: 1 };
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

export const TreeItemCheckboxState = { Unchecked: 0, Checked: 1 };
export const ConfigurationTarget = { Global: 1, Workspace: 2 };
export const FileType = { File: 1, Directory: 2 };
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

export class TabInputText {
  constructor(readonly uri: Uri) {}
}

export class TabInputCustom {
  constructor(
    readonly uri: Uri,
    readonly viewType: string,
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

export const l10n = {
  t: (text: string, ...values: readonly unknown[]) => text.replace(/\{(\d+)\}/g, (_, i) => String(values[Number(i)])),
};

export const commands = {
  registerCommand: (id: string, run: (...args: never[]) => unknown) => editor.register(editor.commands, id, run),
  executeCommand: (id: string, ...args: unknown[]) => editor.run(id, ...args),
};

export const CodeActionKind = { QuickFix: 'quickfix' };

/** No other extension is there. */
export const extensions = { getExtension: () => undefined };

export const languages = {
  // Nothing of a page shows what these give.
  registerCodeActionsProvider: () => new Disposable(() => undefined),
  registerHoverProvider: () => new Disposable(() => undefined),
  createDiagnosticCollection: () => {
    const map = new Map<string, unknown>();
    return {
      set: (uri: Uri, found: unknown) => void map.set(uri.toString(), found),
      delete: (uri: Uri) => void map.delete(uri.toString()),
      dispose: () => map.clear(),
    };
  },
};

export class RelativePattern {
  constructor(
    readonly base: unknown,
    readonly pattern: string,
  ) {}
}

/** A message: the text, options that are left alone, and the names of its buttons. */
function message(text: string, ...rest: unknown[]): Promise<unknown> {
  const buttons = rest.filter((one) => typeof one === 'string' || (one as { title?: string } | undefined)?.title);
  return editor.dialogs.ask({ kind: 'message', text, items: buttons });
}

const documentOf = (one: WebviewPanel | TextDocument) => (one instanceof WebviewPanel ? one.document! : one);
const inputOf = (one: WebviewPanel | TextDocument) =>
  one instanceof WebviewPanel ? new TabInputCustom(one.document!.uri, one.viewType) : new TabInputText(one.uri);

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
  createTreeView: (id: string, { treeDataProvider }: { treeDataProvider: unknown }) => {
    const checked = new EventEmitter<unknown>();
    editor.checked.set(id, checked);
    const tree = editor.register(editor.trees, id, treeDataProvider);
    return { message: '', onDidChangeCheckboxState: checked.event, dispose: () => void tree.dispose() };
  },
  showInformationMessage: message,
  showWarningMessage: message,
  showErrorMessage: message,
  showQuickPick: (items: readonly unknown[], { title = '' }: { title?: string } = {}) =>
    editor.dialogs.ask({ kind: 'pick', text: title, items }),
  showInputBox: ({ title = '', value = '' }: { title?: string; value?: string } = {}) =>
    editor.dialogs.ask({ kind: 'input', text: title, value }),
  showSaveDialog: ({ defaultUri }: { defaultUri?: Uri } = {}) =>
    editor.dialogs.ask({ kind: 'save', text: defaultUri?.path ?? '', suggested: defaultUri }),
  showOpenDialog: ({ title = '' }: { title?: string } = {}) => editor.dialogs.ask({ kind: 'open', text: title }),
  showTextDocument: (document: TextDocument) => {
    editor.show(document);
    return Promise.resolve({ document });
  },
  tabGroups: {
    get all() {
      return [{ tabs: editor.editors.map((one) => ({ input: inputOf(one), document: documentOf(one) })) }];
    },
    get activeTabGroup() {
      return this.all[0]!;
    },
    close: (tabs: readonly { readonly document: TextDocument }[]) => {
      for (const { document } of tabs) editor.closeDocument(document);
      return Promise.resolve(true);
    },
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
  onDidChangeConfiguration: editor.configured.event,
  registerFileSystemProvider: (scheme: string, one: never) => editor.register(editor.fileSystems, scheme, one),
  onDidGrantWorkspaceTrust: editor.trustGranted.event,
  onDidChangeWorkspaceFolders: editor.foldersChanged.event,
  get textDocuments() {
    return editor.documents;
  },
  onDidOpenTextDocument: editor.opened.event,
  onDidChangeTextDocument: editor.changed.event,
  onWillSaveTextDocument: editor.willSave.event,
  onDidSaveTextDocument: editor.saved.event,
  onWillRenameFiles: editor.willRename.event,
  onDidCloseTextDocument: editor.closed.event,
  openTextDocument: (uri: Uri) => Promise.resolve().then(() => editor.openDocument(uri, true)),
  save: (uri: Uri) => editor.save(editor.openDocument(uri)),
  applyEdit: async ({ edits }: WorkspaceEdit) => {
    const documents = edits.map(({ uri }) => editor.openDocument(uri));
    const versions = documents.map(({ version }) => version);
    // The edit goes to another process, which refuses it where the text has changed meanwhile.
    await new Promise((resolve) => setTimeout(resolve, editor.distance));
    if (documents.some(({ version, isReadonly }, i) => isReadonly || version !== versions[i])) return false;
    edits.forEach(({ range, text }, i) => documents[i]!.edit(range, text));
    return true;
  },
  asRelativePath: (uri: Uri) => path.relative(editor.folder, uri.fsPath),
  findFiles: (pattern: string | RelativePattern) =>
    Promise.resolve(editor.find(typeof pattern === 'string' ? pattern.replace('**/*', '') : pattern.pattern.slice(1))),
  getConfiguration: (room: string) => ({
    get: (key: string, fallback: unknown) => editor.settings[`${room}.${key}`] ?? fallback,
    update: (key: string, value: unknown) => editor.configure(`${room}.${key}`, value),
  }),
  fs: {
    isWritableFileSystem: () => true,
    readFile: (uri: Uri) => readFile(uri.fsPath),
    stat: async (uri: Uri) => {
      const { size, mode } = await stat(uri.fsPath);
      return { size, permissions: mode & 0o200 ? undefined : FilePermission.Readonly };
    },
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

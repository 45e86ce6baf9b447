import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { HostCalls, PageCalls } from '../protocol/lab';
import { Link, type Message } from '../protocol/rpc';
import { askWhere } from './files';
import type { Source } from './source';

/** Which script a page runs. */
export type PageName = 'lab' | 'side';

/**
 * A webview as a cache of a source: it says ready and is given the snapshot, then one after every change.
 * A hidden page loses its messages, so a re-shown one (which reloads) asks again.
 */
export class Page implements vscode.Disposable {
  private readonly link: Link<HostCalls, PageCalls>;
  private readonly messages: vscode.Disposable;
  private watched: vscode.Disposable | undefined;
  private listening = false;

  constructor(
    private readonly webview: vscode.Webview,
    private source: Source,
    extension: vscode.Uri,
    name: PageName,
    log: vscode.LogOutputChannel,
  ) {
    this.link = new Link<HostCalls, PageCalls>((message) => void webview.postMessage(message), {
      ready: () => {
        this.listening = true;
        log.debug(`${name} page is ready: ${this.source.file}`);
        return this.source.snapshot();
      },
      edit: (changes) => this.source.edit(changes),
      showText: (offset) => this.source.showText(offset),
      openLab: () => this.source.openLab(),
      save: () => this.source.save(),
      saveFile: async ({ name: file, content, encoding }) => {
        const extensionName = file.split('.').pop()!;
        const uri = await askWhere(file, { [extensionName.toUpperCase()]: [extensionName] });
        if (uri) await vscode.workspace.fs.writeFile(uri, Buffer.from(content, encoding));
        return uri !== undefined;
      },
      copy: async (text) => vscode.env.clipboard.writeText(text),
    });
    this.messages = webview.onDidReceiveMessage((message: Message) => this.link.receive(message));
    webview.options = { enableScripts: true, localResourceRoots: roots(extension) };
    webview.html = html(webview, extension, name);
    this.watch(source);
  }

  /** Shows another source from now on. */
  watch(source: Source): void {
    this.watched?.dispose();
    this.source = source;
    this.watched = source.onDidChange(() => this.show());
    this.show();
  }

  private show(): void {
    if (this.listening) void this.link.call('show', this.source.snapshot()).catch(() => undefined);
  }

  dispose(): void {
    this.watched?.dispose();
    this.messages.dispose();
    this.link.close('the page was closed');
  }
}

const roots = (extension: vscode.Uri) => ['dist', 'media'].map((room) => vscode.Uri.joinPath(extension, room));

function html(webview: vscode.Webview, extension: vscode.Uri, name: PageName): string {
  const nonce = randomBytes(16).toString('base64');
  const uri = (...path: string[]) => webview.asWebviewUri(vscode.Uri.joinPath(extension, ...path)).toString();
  const policy = [
    `default-src 'none'`,
    `img-src ${webview.cspSource} data: blob:`,
    `font-src ${webview.cspSource}`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${uri('dist', 'codicon.css')}" id="vscode-codicon-stylesheet">
<link rel="stylesheet" href="${uri('media', 'page.css')}">
<title>NoProp Lab</title>
</head>
<body data-page="${name}">
<main id="app"></main>
<script nonce="${nonce}" src="${uri('dist', `${name}.js`)}"></script>
</body>
</html>`;
}

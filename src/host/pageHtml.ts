import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** Which script a page runs. */
export type PageName = 'lab' | 'side';

/** The folders a page may load from. */
export const roots = (extension: vscode.Uri) => ['dist', 'media'].map((room) => vscode.Uri.joinPath(extension, room));

/** A value as the text of an attribute in double quotes. */
const attribute = (value: unknown) =>
  JSON.stringify(value).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/**
 * A page's document: its own script and styles, and a policy that lets nothing else run. `view` is how its experiment
 * was shown last.
 */
export function pageHtml(webview: vscode.Webview, extension: vscode.Uri, name: PageName, view: unknown): string {
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
<link rel="stylesheet" href="${uri('dist', 'page.css')}">
<title>NoProp Lab</title>
</head>
<body data-page="${name}" data-view="${attribute(view ?? null)}">
<main id="app"></main>
<script nonce="${nonce}" src="${uri('dist', `${name}.js`)}"></script>
</body>
</html>`;
}

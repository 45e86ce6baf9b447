import * as vscode from 'vscode';
import type { CommandContext } from './commandContext';

/** NoProp: Open Guide. Shows the guide's first page as VS Code renders Markdown, where links lead to the other pages. */
export const openGuide = ({ extensionUri }: CommandContext): Thenable<unknown> =>
  vscode.commands.executeCommand('markdown.showPreview', vscode.Uri.joinPath(extensionUri, 'media/guide/index.md'));

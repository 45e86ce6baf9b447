import * as vscode from 'vscode';
import { labelText } from '../../core/text/plainText';
import { SUFFIX, type ExperimentSource } from '../experimentSource';
import type { CommandContext } from './commandContext';
import { newExperiment } from './newExperiment';

/**
 * NoProp: Open Lab. Opens a given experiment (explorer, editor title), else the one in the active text editor,
 * else asks which of the workspace's experiments, or a new one. Answers its address; undefined if given up.
 */
export async function openLab(_: CommandContext, given?: vscode.Uri): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document.uri;
  const uri = given ?? (active?.path.endsWith(SUFFIX) ? active : await pick());
  if (uri === 'new') return newExperiment();
  if (uri) await vscode.commands.executeCommand('vscode.openWith', uri, 'noprop.lab');
  return uri;
}

async function pick(): Promise<vscode.Uri | 'new' | undefined> {
  const found = await vscode.workspace.findFiles(`**/*${SUFFIX}`, '**/node_modules/**', 500);
  if (!found.length) return 'new';
  const files = found
    .map((uri) => ({ uri, path: vscode.workspace.asRelativePath(uri) }))
    .sort((a, b) => a.path.localeCompare(b.path))
    .map(({ uri, path }) => ({ label: `$(graph-line) ${labelText(path)}`, uri }));
  const fresh = { label: '$(new-file) New experiment', uri: 'new' as const };
  const choice = await vscode.window.showQuickPick([...files, fresh], {
    title: 'Open Lab',
    placeHolder: 'Choose an experiment',
  });
  return choice?.uri;
}

/** The current source, in a lab: a draft is opened in one first. */
export async function inLab({ current, labs }: CommandContext): Promise<ExperimentSource> {
  if (labs.last) return labs.last;
  const open = new Promise<void>((resolve) => {
    const listener = labs.onDidChange(() => {
      listener.dispose();
      resolve();
    });
  });
  await current().openLab();
  await open;
  return current();
}

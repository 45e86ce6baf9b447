import * as vscode from 'vscode';
import { labelText } from '../../core/text/plainText';
import { choose } from '../ask';
import { SUFFIX, type ExperimentSource } from '../experimentSource';
import type { CommandContext } from './commandContext';
import { newExperiment } from './newExperiment';
import { openSample } from './openSample';
import { say } from '../say';

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

/** The workspace's experiments, as rows of a picker. */
async function experimentRows(): Promise<{ label: string; uri: vscode.Uri }[]> {
  const found = await vscode.workspace.findFiles(`**/*${SUFFIX}`, '**/node_modules/**', 500);
  return found
    .map((uri) => ({ uri, path: vscode.workspace.asRelativePath(uri) }))
    .sort((a, b) => a.path.localeCompare(b.path))
    .map(({ uri, path }) => ({ label: `$(graph-line) ${labelText(path)}`, uri }));
}

const fresh = { label: say`$(new-file) New experiment`, uri: 'new' as const };

async function pick(): Promise<vscode.Uri | 'new' | undefined> {
  const files = await experimentRows();
  if (!files.length) return 'new';
  const options = { title: say`Open Lab`, placeHolder: say`Choose an experiment` };
  return (await choose([...files, fresh], options))?.uri;
}

/**
 * The experiment of the last active lab. Where no lab is open, asks which one to take (of the workspace, a sample, or a
 * new one) and opens it; undefined where the user gave up.
 */
export async function chosenInLab(context: CommandContext, title: string): Promise<ExperimentSource | undefined> {
  if (context.labs.last) return context.labs.last;
  const sample = { label: say`$(lightbulb) A sample experiment`, uri: 'sample' as const };
  const rows = [...(await experimentRows()), fresh, sample];
  const choice = await choose(rows, {
    title,
    placeHolder: say`No experiment is open: choose one`,
  });
  if (choice?.uri === 'sample') await openSample(context);
  else if (choice?.uri === 'new') await newExperiment();
  else if (choice) await vscode.commands.executeCommand('vscode.openWith', choice.uri, 'noprop.lab');
  return context.labs.last;
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

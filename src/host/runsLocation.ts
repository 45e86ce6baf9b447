import path from 'node:path';
import * as vscode from 'vscode';
import { RUNS_FOLDER } from '../core/runs/ids';
import { inform } from './notify';
import { say } from './say';

/** Whether it was asked in this workspace where runs are to be kept. */
const ASKED = 'noprop.askedForLocation';

const settings = () => vscode.workspace.getConfiguration('noprop');

/** Where new runs are to be kept, as the settings say. */
export const chosenLocation = (): 'workspace' | 'storage' =>
  settings().get<string>('runs.location', 'ask') === 'workspace' ? 'workspace' : 'storage';

/** The folder of runs in the workspace; undefined where no folder of this machine is open. */
export function workspaceRuns(): string | undefined {
  const first = vscode.workspace.workspaceFolders?.[0]?.uri;
  return first?.scheme === 'file' ? path.join(first.fsPath, RUNS_FOLDER) : undefined;
}

/**
 * Asks where runs are to be kept, once in a workspace and only where the settings leave it open. Nothing waits for the
 * answer: it is for the trainings after this one.
 */
export function askForLocation(memento: vscode.Memento): void {
  if (settings().get<string>('runs.location', 'ask') !== 'ask' || workspaceRuns() === undefined) return;
  if (memento.get<boolean>(ASKED, false)) return;
  void memento.update(ASKED, true);
  const [here, apart] = [say`In this Folder`, say`In VS Code's Storage`];
  const text = say`Where do you want to keep the runs that you train in this workspace? In its folder ${RUNS_FOLDER}, beside your files and those of the terminal, or in VS Code's own storage.`; // prettier-ignore
  void inform(text, here, apart).then((button) => {
    const location = button === here ? 'workspace' : 'storage';
    if (button !== undefined) return settings().update('runs.location', location, vscode.ConfigurationTarget.Workspace);
    return undefined;
  });
}

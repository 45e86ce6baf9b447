import * as vscode from 'vscode';
import { messageOf } from '../core/registry/problem';
import type { RunStore } from './runStore';
import { confirm } from './notify';
import { say } from './say';

/** The files of a run that are text, in the order in which one looks at them. */
export const TEXT_FILES = ['run.json', 'experiment.json', 'metrics.csv'] as const;

/** The text files that a run's folder has. */
export async function textFilesOf({ computations }: RunStore, run: string): Promise<vscode.Uri[]> {
  const folder = vscode.Uri.file(computations.folderOf(run));
  const found = await vscode.workspace.fs.readDirectory(folder).then((names) => names, () => []); // prettier-ignore
  const there = new Set(found.map(([name]) => name));
  return TEXT_FILES.filter((name) => there.has(name)).map((name) => vscode.Uri.joinPath(folder, name));
}

/** Opens the first text file that a run has. An Error where it has none. */
export async function openRunFiles(runStore: RunStore, run: string): Promise<void> {
  const [first] = await textFilesOf(runStore, run);
  if (!first) throw new Error(say`the folder of the run ${run} has no file that can be shown`);
  await vscode.commands.executeCommand('vscode.open', first);
}

/** Deletes a run after asking: to the trash where there is one, else for good after asking again. Answers whether it did. */
export async function askAndRemove(runStore: RunStore, run: string): Promise<boolean> {
  const name = runStore.runOf(run)?.name ?? runStore.damaged.find(({ id }) => id === run)?.name ?? run;
  await runStore.checkRemovable(run);
  const detail = say`Its weights and metrics go to the trash, where there is one.`;
  if (!(await confirm(say`Delete this run of ${name}?`, detail, say`Delete`))) return false;
  try {
    await runStore.remove(run, 'trash');
    return true;
  } catch (error) {
    const why = say`It cannot be moved to a trash: ${messageOf(error)}`;
    if (!(await confirm(say`Delete this run of ${name} for good?`, why, say`Delete for Good`))) return false;
    await runStore.remove(run, 'nowhere');
    return true;
  }
}

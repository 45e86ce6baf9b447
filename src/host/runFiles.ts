import * as vscode from 'vscode';
import { messageOf } from '../core/registry/problem';
import type { RunStore } from './runStore';
import { runNames } from '../core/runs/runNames';
import { fail, inform } from './notify';
import type { DeletedRun } from './runEdits';
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

/**
 * Moves runs to the trash, and says so with a button that brings them back. Answers whether all went: one that is being
 * trained stays, and is named.
 */
export async function deleteRuns(runStore: RunStore, runs: readonly string[]): Promise<boolean> {
  const names = runNames(runs.flatMap((id) => runStore.runOf(id) ?? []));
  const nameOf = (id: string) => names.get(id) ?? runStore.damaged.find((run) => run.id === id)?.name ?? id;
  const deleted: { readonly name: string; readonly what: DeletedRun }[] = [];
  let problem: unknown;
  for (const run of runs)
    try {
      const name = nameOf(run);
      deleted.push({ name, what: await runStore.edits.remove(run) });
    } catch (error) {
      problem ??= error;
    }
  const [first] = deleted;
  if (first) {
    const text = deleted.length === 1 ? say`Deleted the run ${first.name}.` : say`Deleted ${deleted.length} runs.`;
    const undo = say`Undo`;
    void inform(text, undo).then((button) => {
      if (button !== undo) return undefined;
      const back = runStore.edits.restore(deleted.map(({ what }) => what));
      return back.catch((error: unknown) => fail(messageOf(error)));
    });
  }
  if (problem !== undefined) throw problem instanceof Error ? problem : new Error(messageOf(problem));
  return true;
}

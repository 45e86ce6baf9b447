import * as vscode from 'vscode';
import * as notify from './notify';
import type { RunStore } from './runStore';
import { say } from './say';

/** Says by one notification that trainings cannot be saved, however many saves of however many runs fail meanwhile. */
export function warnOfSaves(runStore: RunStore, log: vscode.LogOutputChannel): vscode.Disposable {
  const unsaved = new Set<string>();
  return vscode.Disposable.from(
    runStore.onProgress(({ id, step, saveProblem }) => {
      if (saveProblem === undefined) {
        if (unsaved.delete(id)) log.info(`${id}: saved again at step ${step}`);
        return;
      }
      if (unsaved.has(id)) return;
      log.error(`${id}: ${saveProblem}`);
      const first = !unsaved.size;
      unsaved.add(id);
      if (first) void warn(runStore, id, saveProblem, log);
    }),
    runStore.onDidChange(() => {
      for (const id of unsaved) if (!runStore.jobOf(id)) unsaved.delete(id);
    }),
  );
}

async function warn(runStore: RunStore, id: string, problem: string, log: vscode.LogOutputChannel): Promise<void> {
  const name = runStore.jobOf(id)?.name ?? id;
  const [openFolder, showLog] = [say`Open Folder`, say`Show Log`];
  const choice = await notify.warn(say`${name}: ${problem}.`, openFolder, showLog);
  if (choice === showLog) log.show();
  if (choice === openFolder)
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(runStore.computations.folderOf(id)));
}

import * as vscode from 'vscode';
import { testScore } from '../core/runs/metrics';
import { isResumable } from '../core/runs/resumable';
import type { RunStore } from './runStore';

/** Tells VS Code what can be done with the runs, for the commands that show only then. */
export function tellOfRuns(runStore: RunStore): vscode.Disposable {
  const told = new Map<string, boolean>();
  const tell = (key: string, value: boolean) => {
    if (told.get(key) === value) return;
    told.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  };
  const follow = async () => {
    const runs = await runStore.runs();
    tell('noprop.training', runStore.queue.length > 0);
    tell(
      'noprop.canResume',
      runs.some((run) => isResumable(run) && !runStore.jobOf(run.id)),
    );
    tell(
      'noprop.hasTrained',
      runs.some((run) => testScore(run) !== undefined),
    );
  };
  return runStore.onDidChange(() => void follow());
}

/** Tells VS Code whether the tree of runs is filtered, and whether runs are laid over the one in view. */
export function tellOfTree(filtered: boolean, overlaid: boolean): void {
  void vscode.commands.executeCommand('setContext', 'noprop.runsFiltered', filtered);
  void vscode.commands.executeCommand('setContext', 'noprop.runsOverlaid', overlaid);
}

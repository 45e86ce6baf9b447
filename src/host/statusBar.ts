import * as vscode from 'vscode';
import { labelText } from '../core/text/plainText';
import type { QueueJob } from '../protocol/queue';
import type { RunStore } from './runStore';
import { say } from './say';

/** The status bar while something trains: what, and how far it is. A click shows the runs. */
export function showTrainingInStatusBar(runStore: RunStore): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('noprop.training', vscode.StatusBarAlignment.Left);
  item.name = say`NoProp training`;
  item.command = 'noprop.runs.focus';
  const show = () => {
    const { queue } = runStore;
    if (!queue.length) return item.hide();
    item.text = `$(loading~spin) ${labelText(statusText(queue))}`;
    item.tooltip = queue.map(jobText).join('\n');
    item.show();
  };
  return vscode.Disposable.from(item, runStore.onDidChange(show), runStore.onProgress(show));
}

/** One training by its name, several by their number, with the share of their steps that is done. */
function statusText(queue: readonly QueueJob[]): string {
  const done = queue.reduce((sum, { step, steps }) => sum + step / steps, 0) / queue.length;
  const what = queue.length === 1 ? queue[0]!.name : say`${queue.length} trainings`;
  return `${what} ${Math.floor(100 * done)} %`;
}

const jobText = ({ name, seed, state, step, steps }: QueueJob): string =>
  say`${name}, seed ${seed}: ${state === 'waiting' ? say`waiting` : say`step ${step} of ${steps}`}`;

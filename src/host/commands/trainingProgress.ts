import * as vscode from 'vscode';
import { notificationText } from '../../core/text/plainText';
import type { QueueJob } from '../../protocol/queue';
import type { RunRecord } from '../../core/runs/record';
import type { QueuedTraining } from '../queuedTraining';
import type { RunStore } from '../runStore';
import { say } from '../say';

/** Shows how far a training is until it has ended, with a button that stops this one and no other. */
export const showProgress = (
  runStore: RunStore,
  title: string,
  { jobs, ended }: QueuedTraining,
): Thenable<RunRecord[]> =>
  vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: notificationText(title), cancellable: true },
    async (progress, cancel) => {
      let shown = 0;
      let speed = 0;
      const show = () => {
        const own = runStore.queue.filter(({ id }) => jobs.includes(id));
        const share = (100 * (jobs.length - own.length + sumOf(own, ({ step, steps }) => step / steps))) / jobs.length;
        progress.report({ message: messageOf(own, jobs.length, speed), increment: Math.max(0, share - shown) });
        shown = Math.max(shown, share);
      };
      const listeners = vscode.Disposable.from(
        runStore.onDidChange(show),
        runStore.onProgress(({ id, stepsPerSecond }) => {
          if (!jobs.includes(runStore.jobOf(id)?.id ?? '')) return;
          speed = stepsPerSecond;
          show();
        }),
      );
      cancel.onCancellationRequested(() => void Promise.all(jobs.map((job) => runStore.stop(job))));
      return ended.finally(() => void listeners.dispose());
    },
  );

/** How far the jobs that are left are, of so many. */
function messageOf(own: readonly QueueJob[], all: number, speed: number): string {
  const running = own.filter(({ state }) => state === 'running');
  if (own.length && !running.length) return say`waits for a free thread`;
  const [step, steps] = [sumOf(running, (job) => job.step), sumOf(running, (job) => job.steps)];
  const text = say`step ${step} of ${steps}, ${Math.round(speed)} a second`;
  return all === 1 ? text : say`${all - own.length} of ${all} runs done; ${text}`;
}

const sumOf = (jobs: readonly QueueJob[], value: (job: QueueJob) => number): number =>
  jobs.reduce((sum, job) => sum + value(job), 0);

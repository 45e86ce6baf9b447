import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { InputError, codeOf } from '../core/registry/problem';
import type { RunRecord, TrainTask } from '../core/runs/record';
import type { TrainerService } from '../trainer/service/trainerService';
import { toNumber } from './arguments';
import { openTrainer } from './openTrainer';
import { ProgressBar } from './progressBar';
import { SaveProblems } from './saveProblems';
import { SignalWatch } from './signals';
import type { TrainingProgress } from '../protocol/progress';
import type { Terminal } from './terminal';

/** The count of threads of `--workers`; an InputError names it and what is allowed. */
export function readWorkers(text = '0'): number {
  const workers = toNumber('--workers', text);
  if (Number.isInteger(workers) && workers >= 0 && workers <= 64) return workers;
  throw new InputError(`--workers must be a whole number from 0 (one less than the cores) to 64: got ${text}`);
}

/** How trainings are run. */
export interface Trainings {
  readonly workers: number;
  readonly relaxed?: boolean | undefined;
  /** What the tasks differ in, in the plural. */
  readonly what: string;
}

/**
 * Trains tasks in a pool with a bar of progress. Ctrl-C stops them; so does any other signal to end, which then throws
 * EndedBySignal. Answers their records, those left out that were stopped before they began, and the trainer for what
 * follows.
 */
export async function trainRuns(
  tasks: readonly TrainTask[],
  { workers, relaxed = false, what }: Trainings,
  terminal: Terminal,
): Promise<{ records: RunRecord[]; trainer: TrainerService }> {
  const bar = new ProgressBar(terminal);
  const far = new Map<string, number>();
  const saves = new SaveProblems(terminal);
  const onProgress = (progress: TrainingProgress) => {
    const { id, step, steps, stepsPerSecond } = progress;
    saves.report(progress);
    const share = [...far.set(id, step / steps).values()].reduce((sum, one) => sum + one, 0) / tasks.length;
    const which = tasks.length > 1 ? `${tasks.length} ${what}, ` : '';
    bar.show(share, `${which}step ${step} of ${steps}, ${Math.round(stepsPerSecond)} a second${saves.mark}`);
  };
  const trainer = await openTrainer(terminal, { relaxed, workers });
  const jobs = tasks.map((task) => ({ ...task, job: randomUUID() }));
  const stop = () => void Promise.all(jobs.map(({ job }) => trainer.call('stop', [job])));
  const signals = new SignalWatch(stop, terminal.signal);
  try {
    const ended = await Promise.allSettled(jobs.map((task) => trainer.train(task, onProgress)));
    const bad = ended.find((one) => one.status === 'rejected' && codeOf(one.reason) !== 'left-queue');
    const records = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    signals.check(keptText(records, tasks));
    if (bad) throw (bad as PromiseRejectedResult).reason;
    return { records, trainer };
  } finally {
    signals.dispose();
    bar.end();
  }
}

/** Which runs a signal has left, and how they go on. */
function keptText(records: readonly RunRecord[], tasks: readonly TrainTask[]): string {
  const open = records.filter(({ state }) => state !== 'done');
  const kept = open.map(({ id, step }) => `step ${step} is kept; noprop resume ${path.join(tasks[0]!.runs, id)}`);
  return kept.length ? kept.join('\n') : 'nothing was left to save';
}

/** An Error where a training failed, diverged or was interrupted; it names the run that can go on. */
export function checkEnd({ state, message, seed, model, id }: RunRecord, several = false): void {
  if (state !== 'diverged' && state !== 'failed' && state !== 'interrupted') return;
  const which = several ? `${model}, seed ${seed}: ` : '';
  const remedy = state === 'interrupted' ? `\nthe run ${id} can go on: noprop resume` : '';
  throw new Error(`${which}${message ?? `the training ${state}`}${remedy}`);
}

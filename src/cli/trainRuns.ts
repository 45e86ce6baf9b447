import { InputError, codeOf } from '../core/registry/problem';
import type { RunRecord, TrainTask } from '../core/runs/record';
import type { TrainerService } from '../trainer/service/trainerService';
import { toNumber } from './arguments';
import { openTrainer } from './openTrainer';
import { ProgressBar } from './progressBar';
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
 * Trains tasks in a pool with a bar of progress; Ctrl-C stops them. Answers their records, those left out that were
 * stopped before they began, and the trainer for what follows.
 */
export async function trainRuns(
  tasks: readonly TrainTask[],
  { workers, relaxed = false, what }: Trainings,
  terminal: Terminal,
): Promise<{ records: RunRecord[]; trainer: TrainerService }> {
  const bar = new ProgressBar(terminal);
  const far = new Map<string, number>();
  const trainer = await openTrainer(terminal, {
    relaxed,
    workers,
    onProgress: ({ id, step, steps, stepsPerSecond }) => {
      const share = [...far.set(id, step / steps).values()].reduce((sum, one) => sum + one, 0) / tasks.length;
      const which = tasks.length > 1 ? `${tasks.length} ${what}, ` : '';
      bar.show(share, `${which}step ${step} of ${steps}, ${Math.round(stepsPerSecond)} a second`);
    },
  });
  const stop = () => void trainer.call('stop', []);
  process.once('SIGINT', stop);
  try {
    const ended = await Promise.allSettled(tasks.map((task) => trainer.call('train', [task])));
    const bad = ended.find((one) => one.status === 'rejected' && codeOf(one.reason) !== 'left-queue');
    if (bad) throw (bad as PromiseRejectedResult).reason;
    return { records: ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])), trainer };
  } finally {
    process.removeListener('SIGINT', stop);
    bar.end();
  }
}

/** An Error where a training failed or diverged. */
export function checkEnd({ state, message, seed, model }: RunRecord, several = false): void {
  if (state === 'diverged' || state === 'failed')
    throw new Error(`${several ? `${model}, seed ${seed}: ` : ''}${message ?? `the training ${state}`}`);
}

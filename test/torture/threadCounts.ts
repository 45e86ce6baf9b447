import path from 'node:path';
import { TrainerService } from '../../src/trainer/service/trainerService';
import { countOf, type Fault, type FaultRun, type Outcome } from './fault';
import { listRuns } from './kills/listed';
import { differences } from './kills/sameRun';
import { subjectOf } from './kills/subject';

const dist = path.resolve('dist');

/** Steps of a training: long enough for its blocks to move between threads. */
const STEPS = 3000;

/** The kinds of model, in the order of `subjectOf`. */
const KINDS = 4;

async function trainWith(run: FaultRun): Promise<Outcome> {
  const folder = run.folder();
  const failures: string[] = [];
  let [done, longest] = [0, 0];
  for (; done < run.times && !run.isOver(done); done++) {
    const { kind, experiment } = subjectOf(folder, done % KINDS, STEPS);
    const made: string[] = [];
    for (const workers of [1, 1, 2, 3]) {
      const runs = path.join(folder, `${done}-${made.length}`);
      const trainer = new TrainerService(dist, { workers });
      const begun = performance.now();
      await trainer.call('train', [{ experiment, folder: runs, runs }]);
      longest = Math.max(longest, performance.now() - begun);
      made.push(path.join(runs, (await listRuns(runs))[0]!.id));
      failures.push(...differences(made[0]!, made.at(-1)!).map((what) => `${kind}, ${workers} threads: ${what}`));
    }
  }
  return {
    times: done,
    lost: countOf(failures.length, 'byte-wise difference'),
    recovered: 'the same bytes twice with one thread, with two and with three',
    longest,
    failures,
  };
}

export const threadCountsFault: Fault = {
  name: 'thread-counts',
  what: 'the same seed is trained twice with one thread, and with two and three',
  times: { full: 12, short: 2 },
  seconds: 60,
  run: trainWith,
};

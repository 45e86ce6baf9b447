import fs from 'node:fs';
import path from 'node:path';
import { countOf, type FaultRun, type Outcome } from '../fault';
import { differences } from '../kills/sameRun';
import { subjectOf } from '../kills/subject';
import { runIn, Saving } from './saving';

/** Steps of a training: some seconds of it. */
const STEPS = 60_000;

/** Something that keeps a training from saving, and can be undone. */
export interface Trouble {
  /** Prepares the folder of runs of one training. */
  prepare?(runs: string): void;
  /** Cleans up after it. */
  clear?(runs: string): void;
  /** The user that trains, where not this one. */
  readonly user?: number | undefined;
  begin(saving: Saving, runs: string): void;
  end(saving: Saving, runs: string): void;
}

/** Trainings that cannot save for a while: it is told, they go on, save once they can, and end as whole ones do. */
export async function troubleAll(run: FaultRun, trouble: Trouble): Promise<Outcome> {
  const folder = run.folder();
  fs.chmodSync(path.dirname(folder), 0o755);
  const failures: string[] = [];
  let [done, told, went, longest] = [0, 0, 0, 0];
  const references = new Map<string, string>();
  for (; done < run.times && !run.isOver(done); done++) {
    const { kind, experiment } = subjectOf(folder, done % 4, STEPS);
    const runs = path.join(folder, `runs-${done}`);
    fs.mkdirSync(runs);
    trouble.prepare?.(runs);
    const whole = path.join(folder, `whole-${kind}`);
    if (!references.has(kind)) {
      await new Saving({ experiment, folder: whole, runs: whole }).end();
      references.set(kind, runIn(whole));
    }
    const saving = new Saving({ experiment, folder: runs, runs }, trouble.user);
    try {
      await saving.until('the first step', () => saving.step > 0);
      trouble.begin(saving, runs);
      longest = Math.max(
        longest,
        await saving.until('a word on the save that failed', () => saving.problem !== undefined),
      );
      told++;
      if (!/cannot be saved .*: .*; /.test(saving.problem!)) failures.push(`no reason or remedy: ${saving.problem}`);
      const before = saving.step;
      if (before < STEPS) await saving.until('a step without a save', () => saving.step > before);
      trouble.end(saving, runs);
      await saving.end();
      went++;
      failures.push(...differences(references.get(kind)!, runIn(runs)).map((what) => `${kind}: ${what}`));
    } catch (error) {
      failures.push(`${kind}, number ${done}: ${(error as Error).message}`);
      trouble.end(saving, runs);
    } finally {
      saving.stop();
      trouble.clear?.(runs);
    }
  }
  return {
    times: done,
    lost: countOf(failures.length, 'byte-wise difference or fault'),
    recovered: `${told} told in words, ${went} trained on, saved and ended, the same bytes`,
    longest,
    note: 'longest: from the fault to the word',
    failures,
  };
}

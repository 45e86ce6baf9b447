import fs from 'node:fs';
import path from 'node:path';
import { countOf, type Fault, type FaultRun, type Outcome } from '../fault';
import { subjectOf } from '../kills/subject';
import { runIn, Saving } from './saving';

const STEPS = 60_000;

/** The files that a training writes whole at each save, and that say the same whether its folder was deleted or not. */
const FILES = ['weights.safetensors', 'metrics.csv'];

async function deleteAll(run: FaultRun): Promise<Outcome> {
  const folder = run.folder();
  const failures: string[] = [];
  let [done, ended, longest] = [0, 0, 0];
  for (; done < run.times && !run.isOver(done); done++) {
    const { kind, experiment } = subjectOf(folder, done % 4, STEPS);
    const [runs, whole] = [path.join(folder, `runs-${done}`), path.join(folder, `whole-${kind}`)];
    if (!fs.existsSync(whole)) await new Saving({ experiment, folder: whole, runs: whole }).end();
    const saving = new Saving({ experiment, folder: runs, runs });
    try {
      await saving.until('the first step', () => saving.step > 0);
      const deleted = runIn(runs);
      fs.rmSync(deleted, { recursive: true, force: true, maxRetries: 5 });
      longest = Math.max(
        longest,
        await saving.until('a save in a new folder', () => fs.existsSync(path.join(deleted, 'run.json'))),
      );
      await saving.end();
      ended++;
      for (const name of FILES)
        if (!fs.readFileSync(path.join(deleted, name)).equals(fs.readFileSync(path.join(runIn(whole), name))))
          failures.push(`${kind}, number ${done}: ${name} differs`);
    } catch (error) {
      failures.push(`${kind}, number ${done}: ${(error as Error).message}`);
    } finally {
      saving.stop();
    }
  }
  return {
    times: done,
    lost: `${countOf(failures.length, 'fault')}; the checkpoints that were in the folder`,
    recovered: `${ended} made their folder again and ended, the same weights and metrics`,
    longest,
    note: 'longest: from the deletion to the next save',
    failures,
  };
}

export const deletedFault: Fault = {
  name: 'folder-deleted',
  what: "a run's folder is deleted under its training",
  times: { full: 20, short: 1 },
  seconds: 120,
  run: deleteAll,
};

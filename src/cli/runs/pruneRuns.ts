import path from 'node:path';
import { InputError, messageOf } from '../../core/registry/problem';
import { prunedRuns, readAge, readStates, type PruneRules } from '../../core/runs/pruneRules';
import { runNames } from '../../core/runs/runNames';
import { toJson } from '../../core/text/json';
import { emptyTrash, trashRun } from '../../trainer/runs/trash';
import { parse, toNumber } from '../arguments';
import type { Terminal } from '../terminal';
import { runsTable } from './listRuns';
import { readRuns } from './storedRuns';

export const PRUNE = 'runs prune DIR [--older-than 30d] [--keep N] [--state STATE,STATE] [--yes] [--json]';

/** `noprop runs prune`: shows which runs its rules take in; with --yes they go to the trash. */
export async function pruneRuns(args: string[], terminal: Terminal): Promise<void> {
  const { positional: dir, values } = parse(
    args,
    {
      'older-than': { type: 'string' },
      keep: { type: 'string' },
      state: { type: 'string' },
      yes: { type: 'boolean' },
      json: { type: 'boolean' },
    },
    PRUNE,
  );
  const rules: PruneRules = {
    olderThan: values['older-than'] === undefined ? undefined : readAge('--older-than', values['older-than']),
    keep: values.keep === undefined ? undefined : readKeep(values.keep),
    states: values.state === undefined ? undefined : readStates('--state', values.state),
  };
  if (Object.values(rules).every((rule) => rule === undefined))
    throw new InputError(`give a rule: --older-than, --keep or --state\nUsage: noprop ${PRUNE}`);
  const { rows } = await readRuns(dir);
  const chosen = prunedRuns(rows, rules, Date.now());
  const names = runNames(rows);
  const kept: { id: string; problem: string }[] = [];
  if (values.yes) {
    for (const { id } of chosen)
      await trashRun(path.resolve(dir, id)).catch((error: unknown) => kept.push({ id, problem: messageOf(error) }));
    await emptyTrash(path.resolve(dir));
  }
  const stays = new Set(kept.map(({ id }) => id));
  const gone = chosen.filter(({ id }) => !stays.has(id));
  if (values.json) {
    const runs = gone.map(({ id, name, state, seed, started, updated }) => ({ id, name, label: names.get(id)!, state, seed, started, updated })); // prettier-ignore
    return terminal.print(toJson({ removed: values.yes ?? false, of: rows.length, runs, kept }));
  }
  for (const { id, problem } of kept) terminal.warn(`noprop: ${id} stays: ${problem}\n`);
  const end = values.yes
    ? `moved ${gone.length} of ${rows.length} runs to the trash, for 30 days\n`
    : `${gone.length} of ${rows.length} runs would go to the trash; --yes moves them\n`;
  terminal.print(`${runsTable(gone, names)}${gone.length ? '\n' : ''}${end}`);
}

function readKeep(text: string): number {
  const count = toNumber('--keep', text);
  if (Number.isInteger(count) && count >= 0) return count;
  throw new InputError(`--keep must be a whole number from 0: got ${text}`);
}

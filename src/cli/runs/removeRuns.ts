import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '../../core/registry/problem';
import { toJson } from '../../core/text/json';
import { checkIsRun, checkRemovable } from '../../trainer/runs/deleteRun';
import { emptyTrash, listTrash, restoreRun, trashRun } from '../../trainer/runs/trash';
import { parseSeveral } from '../arguments';
import type { Terminal } from '../terminal';
import { idInFolder } from './storedRuns';

export const REMOVE = 'runs remove DIR RUN … [--yes|--restore] [--json]';

/** How many runs one command takes. */
const MOST = 10_000;

const counted = (count: number) => `${count} ${count === 1 ? 'run' : 'runs'}`;

/** `noprop runs remove`: moves runs to the trash of their folder, or brings them back. */
export async function removeRuns(args: string[], terminal: Terminal): Promise<void> {
  const { positionals, values } = parseSeveral(
    args,
    { yes: { type: 'boolean' }, restore: { type: 'boolean' }, json: { type: 'boolean' } },
    REMOVE,
    MOST,
  );
  const [dir, ...named] = positionals;
  if (dir === undefined) throw new InputError(`DIR is missing\nUsage: noprop ${REMOVE}`);
  if (!named.length) throw new InputError(`name the runs${values.restore ? await restorable(dir) : ''}\nUsage: noprop ${REMOVE}`); // prettier-ignore
  const ids = [...new Set(named.map((run) => idInFolder(dir, run)))];
  if (values.restore) {
    const restored = await restore(dir, ids);
    return terminal.print(values.json ? toJson({ restored }) : `brought back: ${restored.join(', ')}\n`);
  }
  // all are looked at before the first goes
  for (const id of ids) {
    const run = path.join(dir, id);
    const found = await lstat(run).catch(() => undefined);
    if (!found) throw new InputError(`there is no run ${id} in ${dir}`);
    if (!found.isSymbolicLink()) await checkIsRun(run);
    await checkRemovable(run);
  }
  if (!values.yes && !(await terminal.confirm?.(`Move ${counted(ids.length)} to the trash?`)))
    throw new InputError(
      `nothing was removed: ${terminal.confirm ? 'you did not agree' : '--yes is needed where nobody can be asked'}`,
    );
  for (const id of ids) await trashRun(path.resolve(dir, id));
  await emptyTrash(path.resolve(dir));
  if (values.json) return terminal.print(toJson({ removed: ids }));
  terminal.print(`moved ${counted(ids.length)} to the trash, for 30 days\nnoprop runs remove DIR RUN … --restore brings them back\n`); // prettier-ignore
}

/** Brings runs back, each as it was deleted last. An InputError before the first where one is not in the trash. */
async function restore(dir: string, ids: readonly string[]): Promise<string[]> {
  const runs = path.resolve(dir);
  const trashed = await listTrash(runs);
  const entries = ids.map((id) => {
    const found = trashed.find((one) => one.id === id);
    if (!found) throw new InputError(`the run ${id} is not in the trash of ${dir}`);
    return found.entry;
  });
  const restored: string[] = [];
  for (const entry of entries) restored.push(await restoreRun(runs, entry));
  return restored;
}

/** What can be brought back, as the end of a message. */
async function restorable(dir: string): Promise<string> {
  const trashed = await listTrash(path.resolve(dir));
  if (!trashed.length) return ' to bring back: the trash is empty';
  return ` to bring back: the trash has\n${trashed.map(({ id, deleted }) => `  ${id}, deleted ${deleted}`).join('\n')}`;
}

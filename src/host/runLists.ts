import { byAge, changedRows, type DamagedRun, type RunSummary } from '../core/runs/runList';
import type { Caller } from '../protocol/rpc';
import type { TrainerCalls } from '../protocol/trainerCalls';
import type { RunPlaces } from './runFolders';

/** What the trainer has told of the runs in one folder. */
interface Listed {
  readonly revision: string;
  readonly rows: readonly RunSummary[];
  readonly damaged: readonly DamagedRun[];
}

/** All runs on disk. The lists are the same objects where nothing has changed. */
export interface StoredRuns {
  readonly rows: readonly RunSummary[];
  readonly damaged: readonly DamagedRun[];
}

/** The runs on disk in every folder of runs, as far as they have been read. */
export class RunLists {
  private lists = new Map<string, Listed>();
  private stored: StoredRuns = { rows: [], damaged: [] };

  constructor(
    private readonly trainer: Caller<TrainerCalls>,
    private readonly folders: RunPlaces,
  ) {}

  /** Reads what has changed. A run that is in two folders is that of the first. */
  async read(): Promise<StoredRuns> {
    const folders = this.folders.all;
    const read = await Promise.all(folders.map((folder) => this.readFolder(folder)));
    const before = [...this.lists.values()];
    this.lists = new Map(folders.map((folder, i) => [folder, read[i]!]));
    const same = (key: 'rows' | 'damaged') => read.length === before.length && read.every((one, i) => one[key] === before[i]![key]); // prettier-ignore
    const rows = same('rows') ? this.stored.rows : first(read.map((one) => one.rows)).sort(byAge);
    const damaged = same('damaged') ? this.stored.damaged : first(read.map((one) => one.damaged));
    this.stored = { rows, damaged };
    return this.stored;
  }

  private async readFolder(folder: string): Promise<Listed> {
    const before = this.lists.get(folder);
    const { revision, damaged, ...change } = await this.trainer.call('runs', [folder, before?.revision]);
    const isSame = before && JSON.stringify(before.damaged) === JSON.stringify(damaged);
    return { revision, rows: changedRows(before?.rows ?? [], change), damaged: isSame ? before.damaged : damaged };
  }
}

/** All of some lists; of those that share an id, the first. */
function first<T extends { readonly id: string }>(lists: readonly (readonly T[])[]): T[] {
  const [own = [], ...others] = lists;
  if (others.every(({ length }) => !length)) return [...own];
  const found = new Map<string, T>();
  for (const one of lists.flat()) if (!found.has(one.id)) found.set(one.id, one);
  return [...found.values()];
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import { checkRunId } from '../core/runs/ids';

/** Where runs are. */
export interface RunPlaces {
  /** The folder of new runs. */
  readonly forNew: string;
  /** Every folder of runs; that of new ones first. */
  readonly all: readonly string[];
  /** The folder that holds the run. An InputError where its id leads elsewhere. */
  folderOf(run: string): string;
}

/**
 * Where runs live: in the workspace's noprop-runs and in the extension's storage. The runs of both are shown, so that
 * those of the terminal are there too; new ones go where the reader wants them.
 */
export class RunFolders implements RunPlaces {
  /** `storage` is the folder in the extension's storage; `workspace` tells that of the workspace, where there is one. */
  constructor(
    private readonly storage: string,
    private readonly workspace: () => string | undefined = () => undefined,
    private readonly location: () => 'workspace' | 'storage' = () => 'storage',
  ) {}

  get forNew(): string {
    return this.location() === 'workspace' ? (this.workspace() ?? this.storage) : this.storage;
  }

  get all(): readonly string[] {
    const both = [this.forNew, this.workspace(), this.storage];
    return [...new Set(both.filter((folder) => folder !== undefined))];
  }

  folderOf(run: string): string {
    const id = checkRunId(run);
    const { all } = this;
    const found = all.length > 1 ? all.find((folder) => existsSync(path.join(folder, id))) : undefined;
    return path.join(found ?? this.forNew, id);
  }
}

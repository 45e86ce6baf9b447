import type * as vscode from 'vscode';
import type { RunPlaces } from './runFolders';
import { RunsWatch } from './runsWatch';

/** Watches every folder of runs. Dispose it. */
export class RunsWatches implements vscode.Disposable {
  private watches: ReadonlyMap<string, RunsWatch> = new Map();
  private disposed = false;

  constructor(
    private readonly folders: RunPlaces,
    private readonly look: () => void,
  ) {}

  /**
   * The runs were looked at. `elsewhere` tells whether another window trains, or this one before it was loaded again: nobody
   * tells of the end of that.
   */
  follow(elsewhere: boolean): void {
    if (this.disposed) return;
    const { all } = this.folders;
    for (const [folder, watch] of this.watches) if (!all.includes(folder)) watch.dispose();
    this.watches = new Map(all.map((folder) => [folder, this.watches.get(folder) ?? new RunsWatch(folder, this.look)]));
    for (const watch of this.watches.values()) watch.looked(elsewhere);
  }

  dispose(): void {
    this.disposed = true;
    for (const watch of this.watches.values()) watch.dispose();
  }
}

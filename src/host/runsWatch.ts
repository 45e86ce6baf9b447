import { watch, type FSWatcher } from 'node:fs';
import type * as vscode from 'vscode';

/** Milliseconds until the runs are looked at again: while another window or a terminal trains, and after a change on disk. */
const [FOLLOW, SETTLE] = [1000, 300];

/**
 * Tells that the runs on disk may have changed without this window: a run came or went, or one that trains elsewhere may
 * have ended. Nobody else tells of that. Dispose it.
 */
export class RunsWatch implements vscode.Disposable {
  private watcher: FSWatcher | undefined;
  private timer: NodeJS.Timeout | undefined;
  private disposed = false;

  /** `folder` is that of all runs. */
  constructor(
    private readonly folder: string,
    private readonly look: () => void,
  ) {}

  /** The runs were looked at. `elsewhere` tells whether one of them trains in another process. */
  looked(elsewhere: boolean): void {
    if (this.disposed) return;
    this.begin();
    if (elsewhere) this.lookIn(FOLLOW);
  }

  /** Follows the folder, once there is one. Where that is not possible, only what trains is followed. */
  private begin(): void {
    if (this.watcher) return;
    const end = () => {
      this.watcher?.close();
      this.watcher = undefined;
    };
    try {
      this.watcher = watch(this.folder, { persistent: false }, (_, name) => {
        // Runs are folders without a dot; other names are files that belong to the list itself.
        if (!name?.includes('.')) this.lookIn(SETTLE);
      }).on('error', end);
    } catch {
      end();
    }
  }

  private lookIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.look, milliseconds);
    this.timer.unref();
  }

  dispose(): void {
    this.disposed = true;
    clearTimeout(this.timer);
    this.watcher?.close();
  }
}

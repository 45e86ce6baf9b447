import { existsSync, watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import type * as vscode from 'vscode';
import { CHANGED_MARK } from '../core/runs/ids';

/**
 * Milliseconds until the runs are looked at again: while another window or a terminal trains; after a change on disk; and
 * once more after it, for a run is not whole at once when its folder comes.
 */
const [FOLLOW, SETTLE, AGAIN] = [1000, 300, 1500];

/**
 * Tells that the runs on disk may have changed without this window: a run came or went, its notes changed, or one that
 * trains elsewhere may have ended. Nobody else tells of that. Dispose it.
 */
export class RunsWatch implements vscode.Disposable {
  private watcher: { readonly of: string; readonly fs: FSWatcher } | undefined;
  private readonly timers = new Map<'soon' | 'again' | 'follow', NodeJS.Timeout>();
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
    if (elsewhere) this.lookIn('follow', FOLLOW);
  }

  /** Follows the folder or, until there is one, the one that it will be in. Where that is not possible, only what trains is followed. */
  private begin(): void {
    const there = existsSync(this.folder);
    const of = there ? this.folder : path.dirname(this.folder);
    if (this.watcher?.of === of) return;
    this.end();
    try {
      const fs = watch(of, { persistent: false }, (_, name) => {
        // runs are folders without a dot in front; other names are files that belong to the list itself
        if (
          there ? name === null || name === CHANGED_MARK || !name.startsWith('.') : name === path.basename(this.folder)
        ) {
          this.lookIn('soon', SETTLE);
          this.lookIn('again', AGAIN);
        }
      }).on('error', () => this.end());
      this.watcher = { of, fs };
    } catch {
      this.end();
    }
  }

  private end(): void {
    this.watcher?.fs.close();
    this.watcher = undefined;
  }

  private lookIn(which: 'soon' | 'again' | 'follow', milliseconds: number): void {
    clearTimeout(this.timers.get(which));
    const timer = setTimeout(this.look, milliseconds);
    timer.unref();
    this.timers.set(which, timer);
  }

  dispose(): void {
    this.disposed = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.end();
  }
}

import { watch, type FSWatcher } from 'node:fs';
import path from 'node:path';
import type * as vscode from 'vscode';

/** Milliseconds until a file that changes is taken for written. */
const SETTLE = 300;

/** The most folders that are followed; the oldest are let go. */
const MOST = 16;

/** Tells that data files changed on disk: what was read of them is then read again. Dispose it. */
export class DataWatch implements vscode.Disposable {
  private readonly folders = new Map<string, { readonly watcher: FSWatcher; readonly names: Set<string> }>();
  private timer: NodeJS.Timeout | undefined;

  /** `changed` is called once a file that is followed has been written. */
  constructor(private readonly changed: () => void) {}

  /** Follows a file, an absolute path. Where its folder cannot be followed nothing tells, as on some disks of others. */
  follow(file: string): void {
    const folder = path.dirname(file);
    const known = this.folders.get(folder);
    if (known) {
      known.names.add(path.basename(file));
      return;
    }
    const names = new Set([path.basename(file)]);
    try {
      const watcher = watch(folder, { persistent: false }, (_, name) => {
        if (name !== null && names.has(name)) this.settle();
      }).on('error', () => this.release(folder));
      this.folders.set(folder, { watcher, names });
    } catch {
      return; // there is no such folder
    }
    const [oldest] = this.folders.keys();
    if (this.folders.size > MOST && oldest !== undefined) this.release(oldest);
  }

  private settle(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(this.changed, SETTLE);
    this.timer.unref();
  }

  private release(folder: string): void {
    this.folders.get(folder)?.watcher.close();
    this.folders.delete(folder);
  }

  dispose(): void {
    clearTimeout(this.timer);
    for (const folder of [...this.folders.keys()]) this.release(folder);
  }
}

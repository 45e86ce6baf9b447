import * as vscode from 'vscode';
import { PLAIN_TREE, type TreeChoices } from '../core/runs/runTree';
import { tellOfTree } from './contextKeys';

const KEY = 'noprop.runsView';

/** How the tree of runs is shown, and which runs are laid over each other in the lab; kept for the workspace. */
interface Kept extends TreeChoices {
  readonly overlaid: readonly string[];
}

/** The choices that the tree of runs is shown by. They outlive the window. */
export class TreeState implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<keyof Kept>();
  private kept: Kept;
  /** Fires with what became another one. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly memento: vscode.Memento) {
    this.kept = { ...PLAIN_TREE, overlaid: [], ...memento.get<Partial<Kept>>(KEY, {}) };
    this.tell();
  }

  get choices(): TreeChoices {
    return this.kept;
  }

  /** The ids of the runs whose curves are laid over those of the run in view, in the order in which they were chosen. */
  get overlaid(): readonly string[] {
    return this.kept.overlaid;
  }

  set<K extends keyof Kept>(key: K, value: Kept[K]): void {
    this.kept = { ...this.kept, [key]: value };
    void this.memento.update(KEY, this.kept);
    this.tell();
    this.changed.fire(key);
  }

  /** Which actions of the view there are. */
  private tell(): void {
    const { search, overlaid } = this.kept;
    tellOfTree(search !== '', overlaid.length > 0);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

import * as vscode from 'vscode';
import type { DamagedRun } from '../core/runs/runList';
import { treeChildren, treeRoots, type GroupNode, type TreeNode } from '../core/runs/runTree';
import type { Experiment } from '../core/experiment/experiment';
import { textFilesOf } from './runFiles';
import { damagedItem, damagedRunItem, fileItem, groupItem, olderItem, runItem, waitingItem } from './runRows';
import { recordText } from './runTooltip';
import type { RunStore } from './runStore';
import type { TreeState } from './treeState';

/** A run as the actions on its row have it. */
export interface RunRow {
  readonly kind: 'run' | 'damaged';
  readonly id: string;
}

/** A row of the tree: a training that waits, a run, runs that stand together, damaged runs and their files, or more of a long list. */
export type Row =
  | { readonly kind: 'waiting'; readonly id: string }
  | RunRow
  | { readonly kind: 'group'; readonly key: string }
  | { readonly kind: 'all damaged' }
  | { readonly kind: 'file'; readonly file: vscode.Uri }
  | { readonly kind: 'more'; readonly of: string; readonly from: number };

/** How often what trains is shown again, and how long changes are gathered, in milliseconds. */
const [REFRESH, GATHER] = [500, 100];

/** How many rows a list has at a time: VS Code asks for every row of a list that is open. */
const PAGE = 100;

/** The side panel's tree: damaged runs, trainings that wait, pinned runs, then experiments with their batches, settings and seeds. */
export class RunsTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Row | undefined>();
  private readonly listeners: vscode.Disposable;
  /**
   * Every row that was shown, by what it is of. VS Code knows a row by its object: one is drawn again alone by it, and two
   * objects for one row make it refuse the whole list, which then stays as it was.
   */
  private readonly rows = new Map<string, Row>();
  /** The groups that were shown, by their keys, and the titles of runs, as they were shown last. */
  private readonly groups = new Map<string, GroupNode>();
  private readonly titles = new Map<string, string>();
  private timers: { progress?: NodeJS.Timeout | undefined; change?: NodeJS.Timeout | undefined } = {};
  readonly onDidChangeTreeData = this.changed.event;

  constructor(
    private readonly runStore: RunStore,
    private readonly state: TreeState,
    /** The experiment that the reader works on. */
    private readonly current: () => Experiment | undefined,
  ) {
    this.listeners = vscode.Disposable.from(
      runStore.onDidChange(() => this.changeSoon()),
      state.onDidChange((what) => (what === 'overlaid' ? this.changeSoon() : this.change())),
      runStore.onProgress(() => (this.timers.progress ??= setTimeout(() => this.refresh(), REFRESH))),
    );
  }

  async getChildren(parent?: Row): Promise<Row[]> {
    const runs = await this.runStore.runs();
    const { damaged, queue } = this.runStore;
    switch (parent?.kind) {
      case undefined:
        return [
          ...(damaged.length ? [this.row({ kind: 'all damaged' })] : []),
          ...queue.filter(({ state }) => state === 'waiting').map(({ id }) => this.row({ kind: 'waiting', id })),
          ...this.page('', 0, treeRoots(runs, this.state.choices)),
        ];
      case 'group':
        return this.page(parent.key, 0, this.children(parent.key));
      case 'more':
        return this.page(parent.of, parent.from, parent.of ? this.children(parent.of) : treeRoots(runs, this.state.choices)); // prettier-ignore
      case 'all damaged':
        return damaged.map(({ id }) => this.row({ kind: 'damaged', id }));
      case 'damaged':
        return (await textFilesOf(this.runStore, parent.id)).map((file) => this.row({ kind: 'file', file }));
      default:
        return [];
    }
  }

  private children(key: string): readonly TreeNode[] {
    const group = this.groups.get(key);
    return group ? treeChildren(group, this.state.choices) : [];
  }

  /** So many rows of a list from a place on, and one for all that come after. */
  private page(of: string, from: number, nodes: readonly TreeNode[]): Row[] {
    const end = from + PAGE;
    const shown = nodes.slice(from, end).map((node): Row => {
      if (node.kind === 'run') {
        this.titles.set(node.run.id, node.title);
        return this.row({ kind: 'run', id: node.run.id });
      }
      this.groups.set(node.key, node);
      return this.row({ kind: 'group', key: node.key });
    });
    return [...shown, ...(nodes.length > end ? [this.row({ kind: 'more', of, from: end })] : [])];
  }

  /** The row as it was shown before, else this one. */
  private row(row: Row): Row {
    const key = keyOf(row);
    const kept = this.rows.get(key) ?? row;
    this.rows.set(key, kept);
    return kept;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const { queue, damaged } = this.runStore;
    switch (row.kind) {
      case 'waiting':
        return waitingItem(row.id, queue.find(({ id }) => id === row.id)); // prettier-ignore
      case 'all damaged':
        return damagedItem(damaged.length);
      case 'damaged':
        return damagedRunItem(this.damageOf(row.id), row.id);
      case 'file':
        return fileItem(row.file);
      case 'more':
        return olderItem(keyOf(row), this.restOf(row.of) - row.from);
      case 'group':
        return this.groupItem(row.key);
      default:
        return this.runItem(row.id);
    }
  }

  /** How many rows a list has in all. */
  private restOf(of: string): number {
    return (of ? this.children(of) : treeRoots(this.runStore.known, this.state.choices)).length;
  }

  /** Only the row that is pointed at needs its tooltip. */
  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    const run = row.kind === 'run' ? this.runStore.runOf(row.id) : undefined;
    if (run) item.tooltip = recordText(run, this.damageOf(run.id)?.problem, this.current());
    return item;
  }

  private groupItem(key: string): vscode.TreeItem {
    const group = this.groups.get(key)!;
    // what the reader works on, or trained last, is open; so is the one place where there is one
    const newest = this.runStore.known[0];
    const isOpen = group.level === 'first' && group.runs.some(({ id }) => id === newest?.id);
    const by = this.state.choices.group;
    const icon = by === 'day' ? 'calendar' : by === 'experiment' ? undefined : 'symbol-parameter';
    return groupItem(group, isOpen || this.state.choices.search !== '', group.level === 'first' ? icon : undefined);
  }

  private runItem(id: string): vscode.TreeItem {
    const run = this.runStore.runOf(id);
    const title = this.titles.get(id) ?? id;
    if (!run) return Object.assign(new vscode.TreeItem(title), { id }); // it went while it was to be drawn
    const [job, damage] = [this.runStore.jobOf(id), this.damageOf(id)];
    return runItem({ title, run, job, damage, overlaid: this.state.overlaid.includes(id) });
  }

  private damageOf(id: string): DamagedRun | undefined {
    return this.runStore.damaged.find((run) => run.id === id);
  }

  private changeSoon(): void {
    this.timers.change ??= setTimeout(() => this.change(), GATHER);
  }

  private change(): void {
    clearTimeout(this.timers.change);
    this.timers.change = undefined;
    this.changed.fire(undefined);
  }

  private refresh(): void {
    this.timers.progress = undefined;
    for (const { run } of this.runStore.queue) {
      const row = run === undefined ? undefined : this.rows.get(`run ${run}`);
      if (row) this.changed.fire(row);
    }
  }

  dispose(): void {
    clearTimeout(this.timers.progress);
    clearTimeout(this.timers.change);
    this.listeners.dispose();
    this.changed.dispose();
  }
}

/** What tells a row from all others. */
function keyOf(row: Row): string {
  if (row.kind === 'file') return row.file.toString();
  if (row.kind === 'more') return `more ${row.from} ${row.of}`;
  if (row.kind === 'group') return `group ${row.key}`;
  return row.kind === 'all damaged' ? row.kind : `${row.kind} ${row.id}`;
}

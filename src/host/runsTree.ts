import * as vscode from 'vscode';
import { labelText, lineText } from '../core/text/plainText';
import { formatNumber } from '../core/text/format';
import { testScore } from '../core/runs/metrics';
import type { QueueJob } from '../protocol/queue';
import type { RunState } from '../core/runs/record';
import type { DamagedRun, RunSummary } from '../core/runs/runList';
import { isResumable } from '../core/runs/resumable';
import { textFilesOf } from './runFiles';
import { recordText } from './runTooltip';
import type { RunStore } from './runStore';
import { say } from './say';
import { stateText } from './stateText';

const ICONS: Record<RunState, string> = {
  running: 'sync~spin',
  done: 'pass',
  stopped: 'debug-pause',
  diverged: 'warning',
  failed: 'error',
  interrupted: 'debug-disconnect',
};

/** A run as the actions on its row have it. */
export interface RunRow {
  readonly kind: 'run' | 'damaged';
  readonly id: string;
  readonly name: string;
}

/** A row of the tree: a training that waits, a run, damaged runs and their files, or the runs older than those shown. */
type Row =
  | { readonly kind: 'waiting'; readonly id: string }
  | RunRow
  | { readonly kind: 'all damaged' }
  | { readonly kind: 'file'; readonly file: vscode.Uri }
  | { readonly kind: 'older'; readonly from: number };

/** How often the steps of what trains are shown again, in milliseconds. */
const REFRESH = 1000;

/** How many runs are listed at a time: VS Code asks for every row of a list that is open. */
const PAGE = 100;

/** The side panel's tree: damaged runs, trainings that wait, then runs, newest first. */
export class RunsTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Row | undefined>();
  private readonly listeners: vscode.Disposable;
  /**
   * Every row that was shown, by what it is of. VS Code knows a row by its object: one is drawn again alone by it, and two
   * objects for one row make it refuse the whole list, which then stays as it was.
   */
  private readonly rows = new Map<string, Row>();
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly runStore: RunStore) {
    this.listeners = vscode.Disposable.from(
      runStore.onDidChange(() => this.changed.fire(undefined)),
      runStore.onProgress(() => (this.timer ??= setTimeout(() => this.refresh(), REFRESH))),
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
          ...this.page(runs, 0),
        ];
      case 'older':
        return this.page(runs, parent.from);
      case 'all damaged':
        return damaged.map(({ id, name }) => this.row({ kind: 'damaged', id, name }));
      case 'damaged':
        return (await textFilesOf(this.runStore, parent.id)).map((file) => this.row({ kind: 'file', file }));
      default:
        return [];
    }
  }

  /** So many runs from a place on, and one row for all that are older. */
  private page(runs: readonly RunSummary[], from: number): Row[] {
    const end = from + PAGE;
    const shown = runs.slice(from, end).map(({ id, name }) => this.row({ kind: 'run', id, name }));
    return [...shown, ...(runs.length > end ? [this.row({ kind: 'older', from: end })] : [])];
  }

  /** The row as it was shown before, else this one. */
  private row(row: Row): Row {
    const key = keyOf(row);
    const kept = this.rows.get(key) ?? row;
    this.rows.set(key, kept);
    return kept;
  }

  getTreeItem(row: Row): vscode.TreeItem {
    switch (row.kind) {
      case 'waiting':
        return waitingItem(
          row.id,
          this.runStore.queue.find(({ id }) => id === row.id),
        );
      case 'all damaged':
        return damagedItem(this.runStore.damaged.length);
      case 'damaged':
        return damagedRunItem(this.damageOf(row.id), row);
      case 'file':
        return fileItem(row.file);
      case 'older': {
        const item = new vscode.TreeItem(say`Older runs`, vscode.TreeItemCollapsibleState.Collapsed);
        item.id = `older ${row.from}`;
        item.description = String(this.runStore.known.length - row.from);
        return item;
      }
      default:
        return this.runItem(row);
    }
  }

  /** Only the row that is pointed at needs its tooltip. */
  resolveTreeItem(item: vscode.TreeItem, row: Row): vscode.TreeItem {
    const run = row.kind === 'run' ? this.runStore.runOf(row.id) : undefined;
    if (run) item.tooltip = recordText(run, this.damageOf(run.id)?.problem);
    return item;
  }

  private runItem(row: RunRow): vscode.TreeItem {
    const item = new vscode.TreeItem(labelText(row.name));
    const run = this.runStore.runOf(row.id);
    item.id = row.id;
    if (!run) return item; // it went while it was to be drawn
    const damage = this.damageOf(row.id);
    const { state } = run;
    const job = this.runStore.jobOf(row.id);
    const unsaved = job?.saveProblem !== undefined;
    const told = unsaved ? say`not saved since step ${job.keptStep ?? 0}` : describe(run);
    item.description = damage ? say`damaged · ${told}` : told;
    item.iconPath = damage ? DAMAGED : new vscode.ThemeIcon(unsaved ? 'warning' : ICONS[state]);
    if (state === 'running') item.contextValue = job ? 'running' : 'elsewhere';
    else if (damage?.canMend) item.contextValue = 'mendable';
    else item.contextValue = isResumable(run) && !job ? 'openRun' : 'run';
    item.accessibilityInformation = { label: `${lineText(row.name)}, ${stateText(state)}, ${item.description}` };
    return item;
  }

  private damageOf(id: string): DamagedRun | undefined {
    return this.runStore.damaged.find((run) => run.id === id);
  }

  private refresh(): void {
    this.timer = undefined;
    for (const { run } of this.runStore.queue) {
      const row = run === undefined ? undefined : this.rows.get(`run ${run}`);
      if (row) this.changed.fire(row);
    }
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listeners.dispose();
    this.changed.dispose();
  }
}

const DAMAGED = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));

/** What tells a row from all others. */
function keyOf(row: Row): string {
  if (row.kind === 'file') return row.file.toString();
  if (row.kind === 'older') return `older ${row.from}`;
  return row.kind === 'all damaged' ? row.kind : `${row.kind} ${row.id}`;
}

/** A training that waits; one that left the queue while it was to be drawn has its id alone. */
function waitingItem(id: string, job: QueueJob | undefined): vscode.TreeItem {
  const { name, seed } = job ?? { name: '', seed: 0 };
  const item = new vscode.TreeItem(labelText(name));
  item.id = id;
  if (!job) return item;
  item.description = say`waiting · seed ${seed}`;
  item.iconPath = new vscode.ThemeIcon('clock');
  item.contextValue = 'waiting';
  item.tooltip = say`Waits for a free thread`;
  item.accessibilityInformation = { label: say`${lineText(name)}, waiting, ${item.description}` };
  return item;
}

function damagedItem(count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(say`Damaged runs`, vscode.TreeItemCollapsibleState.Expanded);
  item.id = 'damaged';
  item.description = String(count);
  item.iconPath = DAMAGED;
  item.tooltip = say`Runs with something wrong in their folders. All others are listed below.`;
  return item;
}

/** A damaged run with what is wrong; under it the files that can be looked at. */
function damagedRunItem(damage: DamagedRun | undefined, { id, name }: RunRow): vscode.TreeItem {
  const item = new vscode.TreeItem(labelText(name), vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `damaged ${id}`;
  item.description = labelText(damage?.problem ?? '');
  item.contextValue = damage?.canMend ? 'damaged-mendable' : 'damaged';
  item.tooltip = lineText(`${id}: ${damage?.problem ?? say`damaged`}`);
  item.accessibilityInformation = { label: say`${lineText(name)}, damaged: ${damage?.problem ?? ''}` };
  return item;
}

function fileItem(file: vscode.Uri): vscode.TreeItem {
  const item = new vscode.TreeItem(file);
  item.id = file.toString();
  item.iconPath = vscode.ThemeIcon.File;
  item.command = { command: 'vscode.open', title: say`Open`, arguments: [file] };
  return item;
}

function describe(run: RunSummary): string {
  const score = testScore(run);
  const seed = run.group === undefined ? [] : [`seed ${run.seed}`];
  const last = run.state === 'running' ? `${Math.floor((100 * run.step) / run.steps)} %` : age(Date.parse(run.updated));
  return [score ? formatNumber(score.value) : run.state, ...seed, last].join(' · ');
}

/** How long ago, in the largest unit that fits. */
function age(then: number): string {
  const minutes = Math.floor((Date.now() - then) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  return minutes < 1440 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

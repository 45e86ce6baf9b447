import * as vscode from 'vscode';
import { formatNumber } from '../core/text/format';
import { namedScores, testScore } from '../core/runs/metrics';
import type { QueueJob } from '../protocol/queue';
import type { RunRecord, RunState } from '../core/runs/record';
import type { RunStore } from './runStore';

const ICONS: Record<RunState, string> = {
  running: 'sync~spin',
  done: 'pass',
  stopped: 'debug-pause',
  diverged: 'warning',
  failed: 'error',
  interrupted: 'debug-disconnect',
};

/** A row of the tree: a training that waits, or a run. */
type Row = RunRecord | (QueueJob & { readonly state: 'waiting' });

/** How often the steps of what trains are shown again, in milliseconds. */
const REFRESH = 1000;

/** The side panel's tree: trainings that wait, then runs, newest first. */
export class RunsTree implements vscode.TreeDataProvider<Row>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listeners: vscode.Disposable;
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly runStore: RunStore) {
    this.listeners = vscode.Disposable.from(
      runStore.onDidChange(() => this.changed.fire()),
      runStore.onProgress(() => (this.timer ??= setTimeout(() => this.refresh(), REFRESH))),
    );
  }

  async getChildren(parent?: Row): Promise<Row[]> {
    if (parent) return [];
    const waiting = this.runStore.queue.filter((job): job is QueueJob & Row => job.state === 'waiting');
    return [...waiting, ...(await this.runStore.runs())];
  }

  getTreeItem(row: Row): vscode.TreeItem {
    const item = new vscode.TreeItem(row.name);
    item.id = row.id;
    item.description = row.state === 'waiting' ? `waiting · seed ${row.seed}` : this.describe(row);
    item.iconPath = new vscode.ThemeIcon(row.state === 'waiting' ? 'clock' : ICONS[row.state]);
    item.contextValue = this.kindOf(row);
    item.tooltip = row.state === 'waiting' ? 'Waits for a free thread' : record(row);
    item.accessibilityInformation = { label: `${row.name}, ${row.state}, ${item.description}` };
    return item;
  }

  private describe(run: RunRecord): string {
    const score = testScore(run);
    const seed = run.group === undefined ? [] : [`seed ${run.seed}`];
    const last =
      run.state === 'running' ? `${Math.floor((100 * run.step) / run.steps)} %` : age(Date.parse(run.updated));
    return [score ? formatNumber(score.value) : run.state, ...seed, last].join(' · ');
  }

  /** What the actions on a row go by. */
  private kindOf(row: Row): string {
    if (row.state === 'waiting') return 'waiting';
    if (row.state !== 'running') return 'run';
    return this.runStore.jobOf(row.id) ? 'running' : 'elsewhere';
  }

  private refresh(): void {
    this.timer = undefined;
    this.changed.fire();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.listeners.dispose();
    this.changed.dispose();
  }
}

/** How long ago, in the largest unit that fits. */
function age(then: number): string {
  const minutes = Math.floor((Date.now() - then) / 60_000);
  if (minutes < 1) return 'now';
  if (minutes < 60) return `${minutes} min`;
  return minutes < 1440 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

/** The whole record, as the hover shows it. */
function record(run: RunRecord): vscode.MarkdownString {
  const shown = (value: number | undefined) => (value === undefined ? '–' : formatNumber(value));
  const rows: [string, string][] = [
    ['state', run.message ? `${run.state}: ${run.message}` : run.state],
    ['step', `${run.step} of ${run.steps}`],
    ['seed', String(run.seed)],
    ['loss', shown(run.loss)],
    ...namedScores(run).map(([name, value]): [string, string] => [name, formatNumber(value)]),
    ['steps per second', shown(run.stepsPerSecond)],
    ['seconds', shown(run.seconds)],
    ['rows', `${run.data.trainRows} train, ${run.data.testRows} test`],
    ['parameters', String(run.parameters)],
    ['peak memory', run.memory === undefined ? '–' : `${Math.round(run.memory / 2 ** 20)} MB`],
    ['backend', `${run.backend}, ${run.kernels} kernels`],
    ['started', run.started],
  ];
  const text = new vscode.MarkdownString(`**${run.name}**\n\n| | |\n|---|---|\n`);
  for (const [name, value] of rows) text.appendMarkdown(`| ${name} | ${value.replaceAll('|', '\\|')} |\n`);
  return text;
}

import * as vscode from 'vscode';
import { formatNumber } from '../core/format';
import { namedScores, testScore } from '../protocol/metrics';
import type { RunRecord, RunState } from '../protocol/trainer';
import type { Training } from './training';

const ICONS: Record<RunState, string> = {
  running: 'sync~spin',
  done: 'pass',
  stopped: 'debug-pause',
  diverged: 'warning',
  failed: 'error',
  interrupted: 'debug-disconnect',
};

/** The side panel's tree of runs, newest first. */
export class RunsTree implements vscode.TreeDataProvider<RunRecord>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly listener: vscode.Disposable;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly training: Training) {
    this.listener = training.onDidChange(() => this.changed.fire());
  }

  async getChildren(parent?: RunRecord): Promise<RunRecord[]> {
    return parent ? [] : [...(await this.training.runs())];
  }

  getTreeItem(run: RunRecord): vscode.TreeItem {
    const item = new vscode.TreeItem(run.name);
    const score = testScore(run);
    item.id = run.id;
    item.description = `${score ? formatNumber(score.value) : run.state} · ${age(Date.parse(run.updated))}`;
    item.iconPath = new vscode.ThemeIcon(ICONS[run.state]);
    item.contextValue = run.state === 'running' ? 'running' : 'run';
    item.tooltip = record(run);
    item.accessibilityInformation = { label: `${run.name}, ${run.state}, ${item.description}` };
    return item;
  }

  dispose(): void {
    this.listener.dispose();
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
    ['backend', `${run.backend}, ${run.kernels} kernels`],
    ['started', run.started],
  ];
  const text = new vscode.MarkdownString(`**${run.name}**\n\n| | |\n|---|---|\n`);
  for (const [name, value] of rows) text.appendMarkdown(`| ${name} | ${value.replaceAll('|', '\\|')} |\n`);
  return text;
}

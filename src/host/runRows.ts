import * as vscode from 'vscode';
import { labelText, lineText } from '../core/text/plainText';
import { formatNumber } from '../core/text/format';
import { testScore } from '../core/runs/metrics';
import type { QueueJob } from '../protocol/queue';
import type { RunState } from '../core/runs/record';
import type { DamagedRun, RunSummary } from '../core/runs/runList';
import { isResumable } from '../core/runs/resumable';
import { spreadText } from '../core/runs/groups';
import { scoreOf, type GroupNode } from '../core/runs/runTree';
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

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
const DAMAGED = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));

/** What is shown of a run. */
export interface RunFacts {
  readonly title: string;
  readonly run: RunSummary;
  /** The training of this window that it is in. */
  readonly job: QueueJob | undefined;
  readonly damage: DamagedRun | undefined;
  /** Whether its curves are laid over others. */
  readonly overlaid: boolean;
}

/** The row of a run: state, what tells it from those beside it, test score, age or progress. */
export function runItem({ title, run, job, damage, overlaid }: RunFacts): vscode.TreeItem {
  const item = new vscode.TreeItem(labelText(title), None);
  const { state, notes, id } = run;
  item.id = id;
  const unsaved = job?.saveProblem !== undefined;
  const told = unsaved ? say`not saved since step ${job.keptStep ?? 0}` : describe(run);
  const tags = (notes?.tags ?? []).map((tag) => `#${lineText(tag)}`);
  item.description = [damage ? say`damaged · ${told}` : told, ...tags].join(' · ');
  item.iconPath = iconOf(run, damage, unsaved);
  item.contextValue = [contextOf(run, job, damage), notes?.pinned ? 'pinned' : 'unpinned'].join('-');
  item.checkboxState = {
    state: vscode.TreeItemCheckboxState[overlaid ? 'Checked' : 'Unchecked'],
    tooltip: overlaid ? say`Its curves are shown over those in the lab` : say`Show its curves over those in the lab`,
    accessibilityInformation: { label: say`Overlay ${lineText(title)}`, role: 'checkbox' },
  };
  item.command = { command: 'noprop.openRun', title: say`Open in Lab`, arguments: [{ kind: 'run', id }] };
  item.accessibilityInformation = { label: `${lineText(title)}, ${stateText(state)}, ${item.description}` };
  return item;
}

function iconOf({ state, notes }: RunSummary, damage: DamagedRun | undefined, unsaved: boolean): vscode.ThemeIcon {
  if (damage) return DAMAGED;
  if (notes?.pinned && state === 'done') return new vscode.ThemeIcon('pinned');
  return new vscode.ThemeIcon(unsaved ? 'warning' : ICONS[state]);
}

/** What can be done with a run, for the menus of its row. */
function contextOf(run: RunSummary, job: QueueJob | undefined, damage: DamagedRun | undefined): string {
  if (run.state === 'running') return job ? 'running' : 'elsewhere';
  if (damage?.canMend) return 'mendable';
  return isResumable(run) && !job ? 'openRun' : 'run';
}

function describe(run: RunSummary): string {
  const score = testScore(run);
  const last = run.state === 'running' ? `${Math.floor((100 * run.step) / run.steps)} %` : age(Date.parse(run.updated));
  return [score ? formatNumber(score.value) : stateText(run.state), last].join(' · ');
}

/** How long ago, in the largest unit that fits. */
function age(then: number): string {
  const minutes = Math.floor((Date.now() - then) / 60_000);
  if (minutes < 1) return say`now`;
  if (minutes < 60) return say`${minutes} min`;
  return minutes < 1440 ? say`${Math.floor(minutes / 60)} h` : say`${Math.floor(minutes / 1440)} d`;
}

const LEVELS: Record<GroupNode['level'], string> = { first: 'beaker', batch: 'layers', variant: 'settings' };

/** The row of runs that stand together: how many, what they reached, and how many of them train. */
export function groupItem(
  { key, level, title, runs }: GroupNode,
  open: boolean,
  icon = LEVELS[level],
): vscode.TreeItem {
  const item = new vscode.TreeItem(labelText(title), open ? Expanded : Collapsed);
  item.id = `group ${key}`;
  const score = scoreOf(runs);
  const running = runs.filter(({ state }) => state === 'running').length;
  const best = score && (level === 'variant' ? spreadText(score.spread) : say`best ${formatNumber(Math.max(...score.spread.values))}`); // prettier-ignore
  item.description = [
    level === 'variant' ? say`${runs.length} seeds` : say`${runs.length} runs`,
    ...(best === undefined ? [] : [best]),
    running ? say`${running} training` : age(Math.max(...runs.map(({ updated }) => Date.parse(updated)))),
  ].join(' · ');
  item.iconPath = new vscode.ThemeIcon(running ? 'sync~spin' : icon);
  item.contextValue = 'group';
  item.tooltip = score && say`${lineText(title)}: ${score.name} ${spreadText(score.spread)} (mean ± standard error over ${score.spread.n} runs)`; // prettier-ignore
  item.accessibilityInformation = { label: `${lineText(title)}, ${item.description}` };
  return item;
}

/** A training that waits; one that left the queue while it was to be drawn has its id alone. */
export function waitingItem(id: string, job: QueueJob | undefined): vscode.TreeItem {
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

export function damagedItem(count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(say`Damaged runs`, Expanded);
  item.id = 'damaged';
  item.description = String(count);
  item.iconPath = DAMAGED;
  item.tooltip = say`Runs with something wrong in their folders. All others are listed below.`;
  return item;
}

/** A damaged run with what is wrong; under it the files that can be looked at. */
export function damagedRunItem(damage: DamagedRun | undefined, id: string): vscode.TreeItem {
  const name = damage?.name ?? id;
  const item = new vscode.TreeItem(labelText(name), Collapsed);
  item.id = `damaged ${id}`;
  item.description = labelText(damage?.problem ?? '');
  item.contextValue = damage?.canMend ? 'damaged-mendable' : 'damaged';
  item.tooltip = lineText(`${id}: ${damage?.problem ?? say`damaged`}`);
  item.accessibilityInformation = { label: say`${lineText(name)}, damaged: ${damage?.problem ?? ''}` };
  return item;
}

export function fileItem(file: vscode.Uri): vscode.TreeItem {
  const item = new vscode.TreeItem(file);
  item.id = file.toString();
  item.iconPath = vscode.ThemeIcon.File;
  item.command = { command: 'vscode.open', title: say`Open`, arguments: [file] };
  return item;
}

/** The rows of a long list that are not shown yet. */
export function olderItem(id: string, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(say`More runs`, Collapsed);
  item.id = id;
  item.description = String(count);
  return item;
}

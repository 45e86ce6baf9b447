import { lineText } from '../text/plainText';
import { spreadOf, type Spread } from './groups';
import { testScore } from './metrics';
import { dayOf, dayText, filterRuns } from './runFilter';
import { byAge, type RunSummary } from './runList';
import { runNames, timeText } from './runNames';
import { settingValue, settingWords } from './settings';

/** How runs are shown. */
export interface TreeChoices {
  readonly search: string;
  readonly sort: 'newest' | 'score' | 'name';
  /** By experiment, by day, or by the value of the setting of this path. */
  readonly group: string;
}

export const PLAIN_TREE: TreeChoices = { search: '', sort: 'newest', group: 'experiment' };

/** A run in the tree. */
export interface RunNode {
  readonly kind: 'run';
  readonly key: string;
  readonly run: RunSummary;
  /** What tells it from those beside it. */
  readonly title: string;
}

/** Runs that stand together, newest first. */
export interface GroupNode {
  readonly kind: 'group';
  /** What tells it from all other groups, however the runs in it change. */
  readonly key: string;
  readonly level: 'first' | 'batch' | 'variant';
  readonly title: string;
  readonly runs: readonly RunSummary[];
}

export type TreeNode = RunNode | GroupNode;

/** What the groups of a sweep's cells begin with. */
const SWEEP = 'sweep ';

/**
 * What runs that were begun together share, whichever of several groups (the kinds of model of one comparison, the cells
 * of a sweep) they are in: the time that these begin with, or that they are of a sweep.
 */
export function batchOf({ group }: Pick<RunSummary, 'group'>): string | undefined {
  if (group?.startsWith(SWEEP)) return SWEEP;
  return group === undefined ? undefined : (/^\d{4}-\d\d-\d\dT[\d:.]+Z/.exec(group)?.[0] ?? group);
}

/** A text that is equal for runs that differ in nothing but their seeds. */
export const variantOf = ({ model, settings }: RunSummary): string => `${model} ${JSON.stringify(settings ?? {})}`;

/** The score on test rows over runs, by its name. */
export function scoreOf(runs: readonly RunSummary[]): { readonly name: string; readonly spread: Spread } | undefined {
  const scores = runs.map(testScore);
  const spread = spreadOf(scores.map((score) => score?.value));
  return spread && { name: scores.find(Boolean)!.name, spread };
}

/** The best score on test rows of some runs; that of one without is least of all. */
export const bestScore = (runs: readonly RunSummary[]): number =>
  Math.max(...runs.map((run) => testScore(run)?.value ?? -Infinity));

function partition<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const parts = new Map<string, T[]>();
  for (const one of all) {
    const part = parts.get(keyOf(one));
    if (part) part.push(one);
    else parts.set(keyOf(one), [one]);
  }
  return parts;
}

const runsOf = (node: TreeNode): readonly RunSummary[] => (node.kind === 'run' ? [node.run] : node.runs);

/** Nodes in the order that was chosen; pinned runs first. They come by age. */
function sorted<N extends TreeNode>(nodes: readonly N[], sort: TreeChoices['sort']): N[] {
  const pinned = (node: TreeNode) => Number(node.kind === 'run' && node.run.notes?.pinned === true);
  const order = (a: TreeNode, b: TreeNode) => {
    if (sort === 'score') return bestScore(runsOf(b)) - bestScore(runsOf(a)) || 0;
    return sort === 'name' ? a.title.localeCompare(b.title, 'en', { numeric: true }) : 0;
  };
  return [...nodes].sort((a, b) => pinned(b) - pinned(a) || order(a, b));
}

/** Runs as rows, each with what tells it from the others. */
function rowsOf(runs: readonly RunSummary[], titles = runNames(runs, 'where it differs')): RunNode[] {
  return runs.map((run) => ({ kind: 'run', key: run.id, run, title: titles.get(run.id)! }));
}

/** The first rows of the tree: pinned runs, then experiments, days or values of a setting; one run alone stands for itself. */
export function treeRoots(all: readonly RunSummary[], choices: TreeChoices, now = new Date()): readonly TreeNode[] {
  const found = filterRuns(all, choices.search, now);
  const pinned = found.filter(({ notes }) => notes?.pinned);
  const rest = pinned.length ? found.filter(({ notes }) => !notes?.pinned) : found;
  const groups = [...partition(rest, (run) => firstKey(run, choices))].map(([key, runs]): TreeNode => {
    const title = firstTitle(runs[0]!, choices, now);
    if (runs.length === 1 && choices.group === 'experiment')
      return { kind: 'run', key: runs[0]!.id, run: runs[0]!, title: runs[0]!.notes?.title ?? title };
    return { kind: 'group', key: `${choices.group} ${key}`, level: 'first', title, runs };
  });
  const names = pinned.length ? runNames(pinned) : undefined;
  return [...sorted(rowsOf(pinned, names), choices.sort), ...sorted(groups, choices.sort)];
}

function firstKey(run: RunSummary, { group }: TreeChoices): string {
  if (group === 'experiment') return run.name;
  return group === 'day' ? dayOf(run.started) : String(settingValue(run.settings ?? {}, group));
}

function firstTitle(run: RunSummary, { group }: TreeChoices, now: Date): string {
  if (group === 'experiment') return lineText(run.name);
  if (group !== 'day') {
    const { title, value } = settingWords(run.settings ?? {}, group);
    return `${title}: ${value}`;
  }
  const text = dayText(dayOf(run.started), now);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The rows under a group: batches, models and settings, seeds; what holds one run alone is that run. */
export function treeChildren(node: GroupNode, choices: TreeChoices): readonly TreeNode[] {
  if (node.level === 'variant') return sorted(rowsOf(node.runs), choices.sort);
  if (node.level === 'batch') return variants(node, choices);
  const batches = [...partition(node.runs, (run) => batchOf(run) ?? run.id)];
  const several = batches.filter(([, runs]) => runs.length > 1);
  // an experiment that was trained once: its seeds or settings stand right under it
  if (batches.length === 1 && several.length) return variants(node, choices);
  // each by its newest run, all as of one seed: so the names tell the settings alone
  const even = batches.filter(([, runs]) => new Set(runs.map(variantOf)).size === 1);
  const heads = even.map(([, runs]) => ({ ...runs[0]!, seed: 0, notes: undefined }));
  const names = runNames(heads, 'where it differs');
  const alone = batches.flatMap(([, runs]) => (runs.length > 1 ? [] : runs[0]!.seed));
  const seeded = new Set(alone).size > 1;
  const nodes = batches.map(([key, runs]): TreeNode => {
    const [run] = runs as [RunSummary];
    const name = names.get(run.id) ?? '';
    if (runs.length > 1)
      return { kind: 'group', key: `${node.key} ${key}`, level: 'batch', title: batchTitle(runs, name), runs };
    return { kind: 'run', key: run.id, run, title: run.notes?.title ?? (seeded ? `${name} · seed ${run.seed}` : name) };
  });
  const byTime = nodes.sort((a, b) => byAge(runsOf(a)[0]!, runsOf(b)[0]!));
  return sorted(byTime, choices.sort);
}

/** What was trained together: what it is, or when, and of what there are several. */
function batchTitle(runs: readonly RunSummary[], name: string): string {
  const count = new Set(runs.map(variantOf)).size;
  const seeds = new Set(runs.map(({ seed }) => seed)).size;
  const parts = [...(count > 1 ? [`${count} settings`] : []), ...(seeds > 1 ? [`${seeds} seeds`] : [])];
  const first = runs.at(-1)!;
  const several = batchOf(first) === SWEEP ? 'Sweep' : timeText(first.started);
  return [count > 1 ? several : name, parts.join(' × ')].filter(Boolean).join(' · ');
}

function variants(node: GroupNode, choices: TreeChoices): readonly TreeNode[] {
  const parts = [...partition(node.runs, variantOf)];
  if (parts.length === 1 || parts.every(([, runs]) => runs.length === 1))
    return sorted(rowsOf(node.runs), choices.sort);
  // each by one of its runs, all as of one seed: so the names tell the settings alone
  const heads = parts.map(([, runs]) => ({ ...runs[0]!, seed: 0, notes: undefined }));
  const titles = runNames(heads, 'where it differs');
  const nodes = parts.map(([key, runs], i): TreeNode => {
    const title = titles.get(heads[i]!.id)!;
    if (runs.length === 1)
      return { kind: 'run', key: runs[0]!.id, run: runs[0]!, title: runs[0]!.notes?.title ?? title };
    return { kind: 'group', key: `${node.key} ${key}`, level: 'variant', title, runs };
  });
  return sorted(nodes, choices.sort);
}

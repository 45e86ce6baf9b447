import { InputError } from '../../core/registry/problem';
import { namedScores, testScore } from '../../core/runs/metrics';
import { filterRuns } from '../../core/runs/runFilter';
import type { DamagedRun, RunSummary } from '../../core/runs/runList';
import { runNames, timeText } from '../../core/runs/runNames';
import { bestScore } from '../../core/runs/runTree';
import { toJson } from '../../core/text/json';
import { lineText } from '../../core/text/plainText';
import { parse } from '../arguments';
import type { Terminal } from '../terminal';
import { toTable } from '../textTable';
import { damageText, readRuns } from './storedRuns';

export const LIST = 'runs list DIR [--search TEXT] [--sort newest|score] [--json]';

/** `noprop runs list`: the runs of a folder, each by what tells it from its neighbours, and the damaged ones. */
export async function listRuns(args: string[], terminal: Terminal): Promise<void> {
  const { positional, values } = parse(
    args,
    { search: { type: 'string' }, sort: { type: 'string' }, json: { type: 'boolean' } },
    LIST,
  );
  const { sort = 'newest' } = values;
  if (sort !== 'newest' && sort !== 'score') throw new InputError(`--sort takes newest or score: got "${sort}"`);
  const { rows, damaged } = await readRuns(positional);
  const names = runNames(rows);
  const found = [...filterRuns(rows, values.search ?? '')];
  if (sort === 'score') found.sort((a, b) => bestScore([b]) - bestScore([a]) || 0);
  const readable = new Set(rows.map(({ id }) => id));
  const problems = new Map(damaged.map((one) => [one.id, one]));
  // what no record tells of is found by no search
  const lost = values.search ? [] : damaged.filter(({ id }) => !readable.has(id));
  if (values.json) {
    const runs = found.map((run) => ({ ...runJson(run, names.get(run.id)!), ...problemJson(problems.get(run.id)) }));
    return terminal.print(toJson({ runs: [...runs, ...lost] }));
  }
  terminal.print(runsTable(found, names, problems));
  if (lost.length) terminal.print(`${found.length ? '\n' : ''}Damaged:\n`);
  for (const one of lost) terminal.print(`${one.id}: ${damageText(one)}\n`);
  if (!found.length && !lost.length) terminal.print(rows.length ? 'no run is found\n' : 'no runs\n');
}

const problemJson = (damaged: DamagedRun | undefined) =>
  damaged && { problem: damaged.problem, canMend: damaged.canMend };

/** A run for `--json`. `label` is what tells it from the others in its folder. */
const runJson = (run: RunSummary, label: string) => ({
  id: run.id,
  name: run.name,
  label,
  model: run.model,
  state: run.state,
  seed: run.seed,
  step: run.step,
  steps: run.steps,
  score: testScore(run)?.value ?? null,
  scores: Object.fromEntries(namedScores(run).map(([, value, key]) => [key, value])),
  started: run.started,
  updated: run.updated,
  seconds: run.seconds,
  settings: run.settings ?? {},
  ...(run.notes && { notes: run.notes }),
});

/** Runs as lines: what tells each from the others, its state, steps and score, when it was started, and its id. */
export function runsTable(
  runs: readonly RunSummary[],
  names: ReadonlyMap<string, string>,
  problems: ReadonlyMap<string, DamagedRun> = new Map(),
): string {
  if (!runs.length) return '';
  const lines = runs.map((run) => {
    const score = testScore(run);
    const tags = (run.notes?.tags ?? []).map((tag) => ` #${lineText(tag)}`).join('');
    return [
      `${run.notes?.pinned ? '* ' : ''}${names.get(run.id)!}${tags}`,
      problems.has(run.id) ? `${run.state}, damaged` : run.state,
      `${run.step} of ${run.steps}`,
      score ? `${score.name} ${score.value.toFixed(4)}` : '–',
      timeText(run.started),
      run.id,
    ];
  });
  return toTable([['run', 'state', 'step', 'score', 'started', 'id'], ...lines], 6);
}

import type { Difference } from '../../core/evaluation';
import { titleOf, type ComparedRuns, type SeedGroup } from '../../core/runs/comparedRuns';
import { namedScores, testScore } from '../../core/runs/metrics';
import { againstBest } from '../../core/sweeps/results';
import { toTable } from '../textTable';

const finite = (value: number) => (Number.isFinite(value) ? value : null);

const intervalOf = ({ low, high }: { readonly low: number; readonly high: number }) =>
  Number.isFinite(low) ? [low, high] : null;

const differenceJson = (difference: Difference) => ({
  n: difference.n,
  mean: difference.mean,
  interval: intervalOf(difference),
});

/** Compared runs for `--json`; `folders` are those of the runs, `members` and `best` are places in the lists. */
export function comparedJson({ runs, names, settings, groups, best }: ComparedRuns, folders: readonly string[]) {
  const settingsAt = (k: number) =>
    Object.fromEntries(settings.map(({ path, values }) => [path, values[k] ?? null] as const));
  return {
    settings: settings.map(({ path, title }) => ({ path, title })),
    runs: runs.map((run, k) => ({
      id: run.id,
      name: run.name,
      label: names[k],
      run: folders[k],
      model: run.model,
      state: run.state,
      seed: run.seed,
      step: run.step,
      steps: run.steps,
      seconds: run.seconds,
      settings: settingsAt(k),
      score: testScore(run)?.value ?? null,
      scores: Object.fromEntries(namedScores(run).map(([, value, key]) => [key, value])),
    })),
    groups: groups.map((group) => ({
      settings: settingsAt(group.members[0]!),
      members: group.members,
      seeds: group.members.map((k) => runs[k]!.seed),
      score: group.score ?? null,
      n: group.n,
      mean: finite(group.mean),
      interval: intervalOf(group),
      ...(group.difference && { difference: differenceJson(group.difference) }),
    })),
    best: best ? groups.indexOf(best) : null,
  };
}

const four = (value: number) => (Number.isFinite(value) ? value.toFixed(4) : '–');

const spanText = ({ low, high }: { readonly low: number; readonly high: number }) =>
  Number.isFinite(low) ? `[${four(low)}, ${four(high)}]` : '';

function againstText(group: SeedGroup, best: SeedGroup | undefined): string {
  if (group === best) return 'the best';
  const { difference } = group;
  if (!difference) return '–';
  return [four(difference.mean), spanText(difference), againstBest(group)].filter(Boolean).join(' ');
}

/** Compared runs as text: a line for each, and one for each choice of settings where several seeds or choices are there. */
export function comparedText({ runs, settings, groups, best }: ComparedRuns): string {
  const titles = settings.map(({ title }) => title);
  const lines = runs.map((run, k) => {
    const score = testScore(run);
    return [
      titleOf(run),
      ...settings.map(({ texts }) => texts[k]!),
      String(run.seed),
      score ? `${score.name} ${score.value.toFixed(4)}` : '–',
      run.state,
      `${run.step} of ${run.steps}`,
      run.id,
    ];
  });
  const same = settings.length ? '' : 'They differ in no setting but the seed.\n';
  const table = toTable([['run', ...titles, 'seed', 'score', 'state', 'step', 'id'], ...lines], 6 + titles.length);
  if (groups.length === runs.length && !best) return table + same;
  const head = [...titles, 'seeds', 'score', 'mean', '95% interval', 'minus the best'];
  const rows = groups.map((group) => [
    ...settings.map(({ texts }) => texts[group.members[0]!]!),
    String(group.n),
    group.score ?? '–',
    four(group.mean),
    spanText(group) || '–',
    againstText(group, best),
  ]);
  return `${table}${same}\nOver seeds, of runs that are done\n${toTable([head, ...rows], head.length)}`;
}

import { testScore } from '../core/runs/metrics';
import type { DamagedRun, RunList } from '../core/runs/runList';
import { toTable } from './textTable';

/** The runs of a folder, newest first, as a table; after it those that are damaged, with what is wrong. */
export function runTable({ rows, damaged }: Pick<RunList, 'rows' | 'damaged'>): string {
  if (!rows.length && !damaged.length) return 'no runs\n';
  const bad = new Set(damaged.map(({ id }) => id));
  const lines = rows.map((run) => {
    const score = testScore(run);
    return [
      run.id,
      run.name,
      bad.has(run.id) ? `${run.state}, damaged` : run.state,
      `${run.step} of ${run.steps}`,
      String(run.seed),
      score ? `${score.name} ${score.value.toFixed(4)}` : '–',
    ];
  });
  const table = lines.length ? toTable([['run', 'name', 'state', 'step', 'seed', 'score'], ...lines], 6) : '';
  return table + (damaged.length ? `${table && '\n'}Damaged:\n${damaged.map(damageText).join('')}` : '');
}

function damageText({ id, name, problem, canMend }: DamagedRun): string {
  return `${id}${name === id ? '' : ` (${name})`}: ${problem}${canMend ? '; noprop mend makes it whole' : ''}\n`;
}

import path from 'node:path';
import { settingsText } from '../core/sweeps/cells';
import { againstBest, seedsText, type CellResult, type SweepResults } from '../core/sweeps/results';
import type { SweepState } from '../core/sweeps/stages';
import { testScore } from '../core/runs/metrics';
import { valueText } from '../core/sweeps/axisText';
import { toTable } from './textTable';

const finite = (value: number) => (Number.isFinite(value) ? value : null);

const intervalOf = ({ low, high }: { readonly low: number; readonly high: number }) =>
  Number.isFinite(low) ? [low, high] : null;

/** A cell of a sweep, for `--json`: its settings, its runs in DIR, the mean test score and its 95 % t-interval. */
const cellJson = ({ settings, steps, runs, mean, difference, ...interval }: CellResult, folder: string) => ({
  settings,
  steps,
  runs: runs.map((run) => ({
    seed: run.seed,
    state: run.state,
    score: testScore(run)?.value ?? null,
    run: path.join(folder, run.id),
  })),
  mean: finite(mean),
  interval: intervalOf(interval),
  ...(difference && { difference: { mean: difference.mean, interval: intervalOf(difference) } }),
});

/** What a sweep came to, for `--json`; `best` is the place of the best cell. */
export const sweepJson = ({ score, cells, best }: SweepResults, { ended, total }: SweepState, folder: string) => ({
  score: score ?? null,
  trainings: total,
  ended,
  best: best ? cells.indexOf(best) : null,
  cells: cells.map((cell) => cellJson(cell, folder)),
});

const four = (value: number) => (Number.isFinite(value) ? value.toFixed(4) : '–');

/** What a sweep came to as a table, in its own order, with the best cell in words. */
export function sweepText(
  { score, cells, best }: SweepResults,
  { stages, ended, total }: SweepState,
  seeds: number,
): string {
  const names = Object.keys(cells[0]?.settings ?? {});
  const staged = stages > 1;
  const head = [...names, ...(staged ? ['steps'] : []), 'seeds', score ?? 'score', '95% interval', 'minus the best'];
  const rows = cells.map((cell) => [
    ...Object.values(cell.settings).map(valueText),
    ...(staged ? [String(cell.steps)] : []),
    seedsText(cell, seeds),
    four(cell.mean),
    Number.isFinite(cell.low) ? `[${four(cell.low)}, ${four(cell.high)}]` : '–',
    cell === best ? 'the best' : differenceText(cell),
  ]);
  const table = cells.length ? toTable([head, ...rows], names.length) : '';
  const interval = best && Number.isFinite(best.low) ? ` [${four(best.low)}, ${four(best.high)}]` : '';
  const found = best ? `Best: ${settingsText(best.settings)}, ${score} ${four(best.mean)}${interval}\n` : '';
  const left =
    ended < total ? `${ended} of ${total} trainings are done; the same command goes on with the others\n` : '';
  return `${table}${found}${left}`;
}

function differenceText(cell: CellResult): string {
  const { difference } = cell;
  if (!difference) return '–';
  const interval = difference.n > 1 ? ` [${four(difference.low)}, ${four(difference.high)}]` : '';
  return `${four(difference.mean)}${interval}${againstBest(cell) === 'worse than the best' ? ', worse' : ''}`;
}

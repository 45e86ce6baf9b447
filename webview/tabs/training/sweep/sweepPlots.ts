import type { Experiment } from '../../../../src/core/experiment/experiment';
import { evaluationExplanations as explanations } from '../../../../src/core/evaluation/explanations';
import { valueText, type SweepAxis } from '../../../../src/core/sweeps/axisText';
import { settingsText } from '../../../../src/core/sweeps/cells';
import type { CellResult, SweepResults } from '../../../../src/core/sweeps/results';
import { formatNumber } from '../../../../src/core/text/format';
import { testScore } from '../../../../src/core/runs/metrics';
import { fade } from '../../../plot/colors';
import { cells } from '../../../plot/marks/cells';
import { intervals } from '../../../plot/marks/intervals';
import { line } from '../../../plot/marks/line';
import { points } from '../../../plot/marks/points';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

/** What plots of a sweep are made of. */
export interface SweptPlot {
  readonly sweep: Experiment['sweep'];
  readonly results: SweepResults;
  /** What each axis is called. */
  readonly names: readonly string[];
  readonly theme: Theme;
}

const measured = ({ mean }: CellResult) => Number.isFinite(mean);

/** A cell's mean and interval in words. */
export function cellText({ mean, low, high, runs }: CellResult): string {
  const done = runs.filter(({ state }) => state === 'done').length;
  const seeds = `${done} ${done === 1 ? 'seed' : 'seeds'}`;
  const interval = Number.isFinite(low) ? ` [${low.toFixed(4)}, ${high.toFixed(4)}]` : '';
  return Number.isFinite(mean) ? `${mean.toFixed(4)}${interval}, ${seeds}` : 'no score yet';
}

/** The plots that a sweep has: a map for two settings with values; else the score against each setting, four at most. */
export function sweepPlots(plot: SweptPlot): PlotSpec[] {
  const { axes, method } = plot.sweep;
  if (!plot.results.cells.some(measured)) return [];
  const isMap = axes.length === 2 && axes.every(({ values }) => values) && method !== 'random';
  if (isMap && method !== 'latin-hypercube') return [mapSpec(plot)];
  return axes.slice(0, 4).map((_, k) => scoreSpec(plot, k));
}

/** How dark the lowest and the highest mean are. */
const [PALE, FULL] = [0.06, 0.5];

/** Two settings against each other, each cell shaded by its mean test score. */
function mapSpec({ sweep, results, names, theme }: SweptPlot): PlotSpec {
  const [first, second] = sweep.axes as readonly [SweepAxis, SweepAxis];
  const [columns, rows] = [first.values!, second.values!];
  const { best } = results;
  const byKey = new Map(results.cells.map((cell) => [JSON.stringify(Object.values(cell.settings)), cell]));
  const cellAt = (column: number, row: number) => byKey.get(JSON.stringify([columns[column], rows[row]]));
  const means = results.cells.filter(measured).map(({ mean }) => mean);
  const low = Math.min(...means);
  const span = Math.max(...means) - low || 1;
  const edges = (count: number) => Array.from({ length: count + 1 }, (_, k) => k);
  return {
    id: 'sweep',
    title: 'Mean test score of each cell',
    about: `${results.score}, mean over the seeds: the darker, the higher.${sweep.method === 'successive-halving' ? ' Cells that were left behind have fewer steps.' : ''}`,
    x: { title: names[0]!, range: [0, columns.length], names: columns.map(valueText) },
    y: { title: names[1]!, range: [0, rows.length], names: rows.map(valueText) },
    cursor: 'point',
    marks: [
      cells({
        x: edges(columns.length),
        y: edges(rows.length),
        gap: 1,
        fill(column, row) {
          const cell = cellAt(column, row);
          if (!cell || !measured(cell)) return fade(theme.foreground, 0.04);
          return fade(theme.accent, PALE + ((FULL - PALE) * (cell.mean - low)) / span);
        },
        text(column, row) {
          const cell = cellAt(column, row);
          if (!cell || !measured(cell)) return '–';
          return `${cell === best ? 'best ' : ''}${cell.mean.toFixed(3)}`;
        },
        read(column, row) {
          const cell = cellAt(column, row);
          return cell ? { label: settingsText(cell.settings), text: cellText(cell) } : { label: '', text: '' };
        },
      }),
    ],
    explanations: [explanations.sweep],
    numbers: () => ({
      names: [names[1]!, ...columns.map((value) => `${names[0]} ${valueText(value)}`)],
      columns: [
        Float64Array.from(rows, (value, k) => (typeof value === 'number' ? value : k + 1)),
        ...columns.map((_, column) => Float64Array.from(rows, (_row, row) => cellAt(column, row)?.mean ?? NaN)),
      ],
    }),
    summary: best ? `The best of ${results.cells.length} cells is ${settingsText(best.settings)}: ${cellText(best)}.` : '', // prettier-ignore
    tall: true,
    wide: true,
  };
}

/** How many times the least value the greatest is, from where on an axis is logarithmic. */
const WIDE = 8;

/** The score against one setting: a mark a seed, and each cell's mean with its interval. */
function scoreSpec({ sweep, results, names, theme }: SweptPlot, k: number): PlotSpec {
  const shown = results.cells.filter(measured);
  const axis = sweep.axes[k]!;
  const valueOf = ({ settings }: CellResult) => settings[axis.path];
  const isNumeric = shown.every((cell) => typeof valueOf(cell) === 'number');
  const texts = [...new Set((axis.values ?? results.cells.map(valueOf)).map(valueText))];
  const numbers = shown.map((cell) => Number(valueOf(cell)));
  const isLog = isNumeric && Math.min(...numbers) > 0 && Math.max(...numbers) >= WIDE * Math.min(...numbers);
  const placeOf = (cell: CellResult) =>
    isNumeric ? Number(valueOf(cell)) : texts.indexOf(valueText(valueOf(cell))) + 0.5;
  const sorted = [...shown].sort((a, b) => placeOf(a) - placeOf(b));
  const x = sorted.map(placeOf);
  const y = sorted.map(({ mean }) => mean);
  const color = seriesColor(theme, 0);
  const seeds = sorted.flatMap((cell) =>
    cell.runs.flatMap((run) => {
      const score = run.state === 'done' ? testScore(run)?.value : undefined;
      return score === undefined ? [] : [{ x: placeOf(cell), y: score, seed: run.seed }];
    }),
  );
  const alone = sweep.axes.length === 1 && isNumeric;
  const { best } = results;
  return {
    id: k ? `sweep-${k + 1}` : 'sweep',
    title: `Score by ${names[k]!.toLowerCase()}`,
    about: 'A small mark a seed; the mean of each cell with its 95% interval, cut off where it is wide.',
    x: isNumeric ? { title: names[k]!, log: isLog } : { title: names[k]!, range: [0, texts.length], names: texts },
    y: { title: results.score ?? 'score', range: rangeOf(sorted) },
    cursor: 'point',
    marks: [
      points({ label: 'seeds', x: seeds.map((one) => one.x), y: seeds.map((one) => one.y), color, marker: 'circle', opacity: 0.45, scale: 0.7, text: (i) => `seed ${seeds[i]!.seed}, ${seeds[i]!.y.toFixed(4)}` }), // prettier-ignore
      intervals({ x, low: sorted.map(({ low }) => low), high: sorted.map(({ high }) => high), color }),
      ...(alone ? [line({ label: '', x, y, color, guide: true })] : []),
      points({ label: 'mean of a cell', x, y, color, marker: 'square', edged: true, text: (i) => `${settingsText(sorted[i]!.settings)}: ${cellText(sorted[i]!)}` }), // prettier-ignore
      ...(best ? [points({ label: 'best', x: [placeOf(best)], y: [best.mean], color: seriesColor(theme, 1), marker: 'diamond', edged: true, scale: 1.4, text: () => `${settingsText(best.settings)}: ${cellText(best)}` })] : []), // prettier-ignore
    ],
    explanations: [explanations.sweep],
    numbers: () => ({
      names: [isNumeric ? names[k]! : `${names[k]}, counted`, 'mean', 'low', 'high'],
      columns: [x, y, sorted.map(({ low }) => low), sorted.map(({ high }) => high)].map((one) =>
        Float64Array.from(one),
      ),
    }),
    problem: isNumeric ? formatNumber(shown.length) + ' cells' : '',
    tall: true,
    wide: sweep.axes.length === 1,
  };
}

/** The ends of the score's axis: every seed's score and every mean, and intervals as far as those are apart. */
function rangeOf(shown: readonly CellResult[]): readonly [number, number] {
  const marks = shown.flatMap(({ mean, runs }) => [mean, ...runs.map((run) => (run.state === 'done' ? testScore(run)?.value : undefined) ?? mean)]); // prettier-ignore
  const [low, high] = [Math.min(...marks), Math.max(...marks)];
  const room = 0.35 * (high - low || 0.05);
  return [low - room, high + room];
}

import { testRowsText } from '../../../../src/core/runs/testRows';
import { CONFIDENCE_BINS, meanOverSeeds, type Calibration } from '../../../../src/core/evaluation';
import { evaluationExplanations as explanations } from '../../../../src/core/evaluation/explanations';
import type { Assessment, StepCurve } from '../../../../src/core/runs/assessment';
import { fade } from '../../../plot/colors';
import { band } from '../../../plot/marks/band';
import { bars } from '../../../plot/marks/bars';
import { line } from '../../../plot/marks/line';
import { points } from '../../../plot/marks/points';
import { rule } from '../../../plot/marks/rule';
import type { Numbers } from '../../../plot/numbers';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

const three = (value: number) => value.toFixed(3);

/**
 * How sure a run is against how often it is right: a bar a bin, as high as the share that is right, with its mean
 * probability. Undefined where the run has no probabilities.
 */
export function calibrationSpec(
  assessment: Assessment,
  testRows: number,
  theme: Theme,
  problem: string,
): PlotSpec | undefined {
  const { probabilities, rows } = assessment;
  if (!probabilities) return undefined;
  const { calibration, rule: how, starts } = probabilities;
  const { bins } = calibration;
  const source =
    how === 'votes'
      ? `share of votes over ${starts} starts`
      : `its read-out, ${starts > 1 ? `mean over ${starts} starts` : 'once'}`;
  const known = bins.filter(({ count }) => count);
  const color = seriesColor(theme, 0);
  return {
    id: 'calibration',
    title: 'Calibration',
    about: `Expected calibration error ${three(calibration.error)}: ${three(calibration.confidence)} sure, ${three(calibration.accuracy)} right. ${testRowsText(rows, testRows)}; probabilities: ${source}.`,
    x: { title: 'probability of the most probable class', symbol: 'probability', range: [0, 1] },
    y: { title: 'share right', range: [0, 1] },
    marks: [
      bars({
        key: 'share right',
        label: 'share right',
        x: Array.from({ length: CONFIDENCE_BINS + 1 }, (_, b) => b / CONFIDENCE_BINS),
        y: bins.map(({ count, accuracy }) => (count ? accuracy : NaN)),
        color: fade(color, theme.contrast ? 0.4 : 0.25),
        text: (b) => String(bins[b]!.count),
        read: (b) => `${three(bins[b]!.accuracy)} of ${bins[b]!.count} rows`,
      }),
      line({
        label: 'as sure as right',
        x: [0, 1],
        y: [0, 1],
        color: theme.muted,
        dash: [4, 4],
        width: 1,
        guide: true,
      }),
      points({
        label: 'mean of the bin',
        x: known.map(({ confidence }) => confidence),
        y: known.map(({ accuracy }) => accuracy),
        color,
        marker: 'circle',
      }),
    ],
    explanations: [explanations.calibration, how === 'votes' ? explanations.votes : explanations.readout],
    numbers: () => calibrationNumbers(calibration),
    problem,
    tall: true,
  };
}

const calibrationNumbers = ({ bins }: Calibration): Numbers => ({
  names: ['from', 'to', 'rows', 'mean probability', 'share right'],
  columns: [
    Float64Array.from(bins, (_, b) => b / CONFIDENCE_BINS),
    Float64Array.from(bins, (_, b) => (b + 1) / CONFIDENCE_BINS),
    Float64Array.from(bins, ({ count }) => count),
    Float64Array.from(bins, ({ confidence }) => confidence),
    Float64Array.from(bins, ({ accuracy }) => accuracy),
  ],
});

/** Accuracy against steps, of one run or with the mean and spread over the seeds of its experiment. */
export function stepsSpec(
  own: StepCurve,
  all: readonly StepCurve[],
  testRows: number,
  theme: Theme,
  problem: string,
): PlotSpec {
  const { steps, scores, measure, chosen, rows } = own;
  const best = Math.max(...scores);
  const enough = steps[scores.findIndex((value) => value >= best - 0.005)]!;
  const several = all.length > 1;
  const seeds = several ? ` The band is one standard deviation about the mean of ${all.length} seeds.` : '';
  const summaries = steps.map((_, k) => meanOverSeeds(all.map((curve) => curve.scores[k]!)));
  const color = seriesColor(theme, 1);
  const key = 'mean';
  const spread = [
    band({
      key,
      x: steps,
      low: summaries.map((one) => one.mean - one.spread),
      high: summaries.map((one) => one.mean + one.spread),
      color,
      opacity: 0.2,
    }),
    line({
      key,
      label: `mean of ${all.length} seeds`,
      x: steps,
      y: summaries.map((one) => one.mean),
      color,
      dash: [6, 3],
    }),
  ];
  return {
    id: 'steps',
    title: measure === 'R²' ? 'R² by steps' : 'Accuracy by steps',
    about: `Within 0.005 of the best from ${enough} step${enough > 1 ? 's' : ''} on; the run takes ${chosen}. ${testRowsText(rows, testRows)}.${seeds}`,
    x: { title: 'steps', log: true, ticks: steps.filter((count) => Number.isInteger(Math.log2(count))) },
    y: { title: measure, most: 1 },
    marks: [
      rule({ x: chosen, color: theme.muted, dash: [2, 3] }),
      ...(several ? spread : []),
      line({
        label: several ? 'this run' : 'test',
        x: steps,
        y: scores,
        color: seriesColor(theme, 0),
        marker: 'circle',
      }),
    ],
    explanations: [explanations.steps],
    problem,
    tall: true,
  };
}

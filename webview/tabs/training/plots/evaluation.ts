import { CONFIDENCE_BINS, summaryOf, type Calibration } from '../../../../src/core/evaluation';
import { evaluationExplanations as explanations } from '../../../../src/core/evaluation/explanations';
import type { Assessment, StepCurve } from '../../../../src/core/runs/assessment';
import type { Numbers } from '../../../charts/numbers';
import { fade, type Theme } from '../../../plot/theme';
import type { Card } from '../../../pictures/card';
import { colorOf } from '../../../pictures/colors';
import type { Picture } from '../../../pictures/picture';

const three = (value: number) => value.toFixed(3);

/** How sure a run is against how often it is right, and in a sentence. */
export function calibrationCard(assessment: Assessment, picture: Picture): Card[] {
  const { probabilities, rows } = assessment;
  if (!probabilities) return [];
  const { calibration, rule, starts } = probabilities;
  const how =
    rule === 'votes'
      ? `share of votes over ${starts} starts`
      : `its read-out, ${starts > 1 ? `mean over ${starts} starts` : 'once'}`;
  return [
    {
      id: 'calibration',
      title: 'Calibration',
      about: `Expected calibration error ${three(calibration.error)}: ${three(calibration.confidence)} sure, ${three(calibration.accuracy)} right. ${rows} test rows; probabilities: ${how}.`,
      picture,
      explanations: [explanations.calibration, rule === 'votes' ? explanations.votes : explanations.readout],
      numbers: () => calibrationNumbers(calibration),
      tall: true,
    },
  ];
}

/** The reliability diagram: a bar a bin, as high as the share that is right, with its mean probability. */
export function calibrationPicture({ bins }: Calibration, theme: Theme): Picture {
  const known = bins.filter(({ count }) => count);
  const color = colorOf(theme, 0);
  return {
    x: { title: 'probability of the most probable class', range: [0, 1] },
    y: { title: 'share right', range: [0, 1.05] },
    series: [
      { label: 'as sure as right', x: [0, 1], y: [0, 1], color: theme.muted, dash: [4, 4], width: 1, guide: true },
      {
        label: 'mean of the bin',
        x: known.map(({ confidence }) => confidence),
        y: known.map(({ accuracy }) => accuracy),
        color,
        marker: 'circle',
        line: false,
      },
    ],
    under({ ctx, at }) {
      ctx.font = `11px ${theme.font}`;
      ctx.textAlign = 'center';
      ctx.textBaseline = 'bottom';
      bins.forEach(({ count, accuracy }, b) => {
        if (!count) return;
        const [left, top] = at(b / CONFIDENCE_BINS, accuracy);
        const [right, bottom] = at((b + 1) / CONFIDENCE_BINS, 0);
        ctx.fillStyle = fade(color, theme.contrast ? 0.4 : 0.25);
        ctx.fillRect(left + 1, top, right - left - 2, bottom - top);
        ctx.fillStyle = theme.muted;
        ctx.fillText(String(count), (left + right) / 2, bottom - 3);
      });
    },
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
export function stepsCard(own: StepCurve, all: readonly StepCurve[], picture: Picture): Card {
  const best = Math.max(...own.scores);
  const enough = own.steps[own.scores.findIndex((value) => value >= best - 0.005)]!;
  const seeds = all.length > 1 ? ` The band is one standard deviation about the mean of ${all.length} seeds.` : '';
  return {
    id: 'steps',
    title: own.measure === 'R²' ? 'R² by steps' : 'Accuracy by steps',
    about: `Within 0.005 of the best from ${enough} step${enough > 1 ? 's' : ''} on; the run takes ${own.chosen}. ${own.rows} test rows.${seeds}`,
    picture,
    explanations: [explanations.steps],
    tall: true,
  };
}

export function stepsPicture(own: StepCurve, all: readonly StepCurve[], theme: Theme): Picture {
  const [color, mean] = [colorOf(theme, 0), colorOf(theme, 1)];
  const summaries = own.steps.map((_, k) => summaryOf(all.map(({ scores }) => scores[k]!)));
  const several = all.length > 1;
  return {
    x: { title: 'steps', log: true, marks: own.steps.filter((count) => Number.isInteger(Math.log2(count))) },
    y: { title: own.measure, most: 1 },
    bands: several
      ? [
          {
            x: own.steps,
            low: summaries.map((one) => one.mean - one.spread),
            high: summaries.map((one) => one.mean + one.spread),
            color: mean,
            opacity: 0.2,
          },
        ]
      : [],
    series: [
      ...(several
        ? [
            {
              label: `mean of ${all.length} seeds`,
              x: own.steps,
              y: summaries.map((one) => one.mean),
              color: mean,
              dash: [6, 3],
            },
          ]
        : []),
      { label: several ? 'this run' : 'test', x: own.steps, y: own.scores, color, marker: 'circle' },
    ],
    under({ ctx, area, at }) {
      const x = Math.round(at(own.chosen, 1)[0]) + 0.5;
      ctx.strokeStyle = theme.muted;
      ctx.lineWidth = 1;
      ctx.setLineDash([2, 3]);
      ctx.beginPath();
      ctx.moveTo(x, area.top);
      ctx.lineTo(x, area.bottom);
      ctx.stroke();
      ctx.setLineDash([]);
    },
  };
}

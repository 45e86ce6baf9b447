import { explanations } from '../../src/core/explanations';
import type { Metrics, RunRecord } from '../../src/protocol/trainer';
import type { Store } from '../store';
import { fade, type Theme } from '../theme';
import type { Card } from './card';
import { fillCell } from './cells';
import { colorOf } from './colors';
import { memo } from './memo';
import type { Picture, Series } from './picture';
import { BINS, binNumbers } from './runNumbers';

/** Whether a run learns: its loss, its accuracy, and where in log-SNR it still errs. */
export function learningCards(store: Store): () => Card[] {
  const [loss, accuracy, bins] = [memo(lossPicture), memo(accuracyPicture), memo(binPicture)];
  return () => {
    const { theme, study } = store;
    const { run, metrics } = study;
    if (!run || !metrics) return [];
    const { rows } = metrics;
    return [
      {
        id: 'loss',
        title: 'Loss',
        about: 'E[½ min(SNR′, c) |u − z_T|²], eqs. 20 and 21 with a capped weight.',
        picture: loss(rows, theme),
        explanations: [explanations.loss],
      },
      {
        id: 'accuracy',
        title: 'Accuracy',
        about: accuracyText(run),
        picture: accuracy(rows, theme),
        explanations: [explanations.accuracy],
      },
      {
        id: 'bins',
        title: 'Error by log-SNR',
        about: 'Mean |u − z_T|² over the steps, noise below and data above; the stronger the colour, the larger.',
        picture: bins(rows, theme),
        numbers: () => binNumbers(rows),
        explanations: [explanations.bins],
        wide: true,
      },
    ];
  };
}

const accuracyText = ({ data, seed }: RunRecord) =>
  `Share of rows labelled right; ${data.trainRows} train and ${data.testRows} test rows, seed ${seed}.`;

const steps = (last: number) => ({ title: 'step', range: [0, Math.max(last, 1)] as const });

function lossPicture({ step, loss }: Metrics, theme: Theme): Picture {
  const series = [{ label: 'loss', x: step, y: loss, color: colorOf(theme, 0) }];
  return { x: steps(step.at(-1) ?? 1), y: { title: 'loss', log: true }, series };
}

function accuracyPicture({ step, evaluatedAt, trainAccuracy, testAccuracy }: Metrics, theme: Theme): Picture {
  const row = (label: string, y: Float64Array, k: number): Series => ({
    label,
    x: evaluatedAt,
    y,
    color: colorOf(theme, k),
    marker: k ? 'square' : 'circle',
  });
  return {
    x: steps(step.at(-1) ?? 1),
    y: { title: 'accuracy' },
    series: [row('train', trainAccuracy, 0), row('test', testAccuracy, 1)],
  };
}

/** A strip of steps by bins, shaded by the logarithm of the error. */
function binPicture({ step, bins }: Metrics, theme: Theme): Picture {
  const logs = Array.from(bins, (value) => Math.log(Math.max(value, 1e-8)));
  const known = logs.filter(Number.isFinite);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  return {
    x: steps(step.at(-1) ?? 1),
    y: { title: 'bin of log-SNR', range: [0, BINS] },
    series: [],
    under({ ctx, at }) {
      step.forEach((to, row) => {
        for (let bin = 0; bin < BINS; bin++) {
          const value = logs[row * BINS + bin]!;
          if (!Number.isFinite(value)) continue;
          const [left, bottom] = at(row ? step[row - 1]! : 0, bin);
          const [right, top] = at(to, bin + 1);
          ctx.fillStyle = fade(theme.accent, Math.round((0.06 + (0.9 * (value - low)) / (high - low || 1)) * 24) / 24);
          fillCell(ctx, left, top, right, bottom);
        }
      });
    },
  };
}

import type { ModelId } from '../../../../src/core/models';
import { explanations } from '../../../../src/core/reference/explanations';
import type { Metrics } from '../../../../src/core/runs/metrics';
import type { RunSummary } from '../../../../src/core/runs/runList';
import type { Overlay } from '../../../state/overlaidRuns';
import { line } from '../../../plot/marks/line';
import type { PlotSpec } from '../../../plot/spec';
import { seriesColor } from '../../../plot/strokes';
import type { Theme } from '../../../plot/theme';

const lossTexts: Readonly<Record<ModelId, string>> = {
  ct: 'E[½ min(SNR′, c) |u − target|²], eqs. 20 and 21 with a capped weight.',
  dt: 'The sum over the blocks of ½ (SNR(t) − SNR(s)) E|u − target|², where SNR′ is capped.',
  fm: 'E|v − (z₁ − z₀)|², by t; the errors by log-SNR are those of u = z + (1 − t) v.',
  backprop: 'The cross-entropy of the classes, or the squared error of numbers.',
};

/** What the loss of a run is, in a sentence. */
export const lossText = ({ learned, model }: RunSummary): string =>
  learned
    ? 'E[½ SNR′ |u − target|²], eqs. 20 and 21, no weight capped as the schedule is trained too.'
    : lossTexts[model];

/** The x axis of what is written down while a run trains. */
const steps = (last: number) => ({ title: 'step', range: [0, Math.max(last, 1)] as const });

/** The last step of a run and of those laid over it. */
const lastStep = ({ step }: Metrics, over: readonly Overlay[]): number =>
  Math.max(step.at(-1) ?? 1, ...over.map(({ metrics }) => metrics.step.at(-1) ?? 1));

/** A curve of each of the runs that are laid over one, in colours that none of its own has; \`taken\` are. */
const overlay = (
  over: readonly Overlay[],
  theme: Theme,
  taken: number,
  curve: (metrics: Metrics) => readonly [x: ArrayLike<number>, y: Float64Array],
) =>
  over.flatMap(({ title, metrics }, k) => {
    const [x, y] = curve(metrics);
    if (!y.length) return [];
    return [line({ label: title, x: Float64Array.from(x), y, color: seriesColor(theme, taken + k), dash: [6, 2] })];
  });

/** The loss and its terms by step. */
export function lossSpec(
  metrics: Metrics,
  theme: Theme,
  about: string,
  problem: string,
  over: readonly Overlay[] = [],
): PlotSpec {
  const { step, loss, variance, denoising, crossEntropy, kl } = metrics;
  const rows: readonly [label: string, y: Float64Array, dash?: readonly number[]][] = [
    ['loss', loss],
    ['spread of a row', variance.map(Math.sqrt), [4, 3]],
    ['denoising', denoising],
    ['cross-entropy', crossEntropy],
    ['KL at t = 0', kl],
  ];
  const marks = rows.flatMap(([label, y, dash], k) =>
    y.length && y.every(Number.isNaN) ? [] : [line({ label, x: step, y, color: seriesColor(theme, k), dash })],
  );
  return {
    id: 'loss',
    title: 'Loss',
    about,
    x: steps(lastStep(metrics, over)),
    y: { title: 'loss', log: true },
    marks: [...overlay(over, theme, rows.length, ({ step: x, loss: y }) => [x, y]), ...marks],
    start: step.at(-1),
    explanations: [explanations.loss],
    problem,
  };
}

/** The accuracy, or the error of numbers, by step: on the train rows and on the test rows; `rows` says how many. */
export function scoreSpec(
  metrics: Metrics,
  theme: Theme,
  numeric: boolean,
  rows: string,
  problem: string,
  over: readonly Overlay[] = [],
): PlotSpec {
  const { evaluatedAt, trainAccuracy, testAccuracy, trainRmse, testRmse } = metrics;
  const row = (label: string, y: Float64Array, k: number) =>
    line({ label, x: evaluatedAt, y, color: seriesColor(theme, k), marker: k ? 'square' : 'circle' });
  return {
    id: 'accuracy',
    title: numeric ? 'Error' : 'Accuracy',
    about: numeric ? `Root mean square error in the target’s unit; ${rows}.` : `Share of rows labelled right; ${rows}.`,
    x: steps(lastStep(metrics, over)),
    y: numeric ? { title: 'RMSE' } : { title: 'accuracy', most: 1 },
    marks: [
      ...overlay(
        over.filter(({ regression }) => regression === numeric),
        theme,
        2,
        (one) => [one.evaluatedAt, numeric ? one.testRmse : one.testAccuracy],
      ),
      row('train', numeric ? trainRmse : trainAccuracy, 0),
      row('test', numeric ? testRmse : testAccuracy, 1),
    ],
    start: evaluatedAt.at(-1),
    explanations: [numeric ? explanations.rmse : explanations.accuracy],
    problem,
  };
}

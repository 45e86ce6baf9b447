import { html } from 'lit';
import { explanations } from '../../../../src/core/reference/explanations';
import type { ModelId } from '../../../../src/core/models';
import type { RunRecord } from '../../../../src/core/runs/record';
import type { Metrics } from '../../../../src/core/runs/metrics';
import type { Store } from '../../../state/store';
import type { Theme } from '../../../plot/theme';
import { binMeasures, binNumbers, binPicture, sourcePicture, type BinMeasure } from './bins';
import type { Card } from '../../../pictures/card';
import { colorOf } from '../../../pictures/colors';
import { memo } from '../../../pictures/memo';
import type { Picture, Series } from '../../../pictures/picture';

/** Whether a run learns: its loss, its accuracy, and where in log-SNR it still errs. */
export function learningCards(store: Store): () => Card[] {
  const [loss, accuracy] = [memo(lossPicture), memo(accuracyPicture)];
  const [bins, source] = [memo(binPicture), memo(sourcePicture)];
  /** What the strip of bins shows. */
  let measure: BinMeasure = binMeasures[0];

  const measurePicker = () => {
    const pick = ({ target }: Event) => {
      measure = binMeasures.find(({ id }) => id === (target as HTMLSelectElement).value)!;
      store.changed();
    };
    return html`<select class="apart" aria-label="What the bins show" data-testid="bin-measure" @change=${pick}>
      ${binMeasures.map(({ id, title }) => html`<option value=${id} .selected=${id === measure.id}>${title}</option>`)}
    </select>`;
  };

  return () => {
    const { theme, study } = store;
    const { run, metrics } = study;
    if (!run || !metrics) return [];
    const { rows } = metrics;
    const sources: Card = {
      id: 'sources',
      title: 'Where the loss comes from',
      about: 'Shares of the loss and of the rows by log-SNR, lately; where both are one, every time weighs the same.',
      picture: source(rows, run.learned !== undefined, theme),
      explanations: [explanations.sources],
    };
    const weighed = rows.contributions.some(Number.isFinite);
    const cards: Card[] = [
      {
        id: 'loss',
        title: 'Loss',
        about: lossText(run),
        picture: loss(rows, theme),
        explanations: [explanations.loss],
      },
      run.data.targets
        ? {
            id: 'accuracy',
            title: 'Error',
            about: `Root mean square error in the target’s unit; ${partsOf(run)}.`,
            picture: accuracy(rows, theme, 'RMSE'),
            explanations: [explanations.rmse],
          }
        : {
            id: 'accuracy',
            title: 'Accuracy',
            about: `Share of rows labelled right; ${partsOf(run)}.`,
            picture: accuracy(rows, theme, 'accuracy'),
            explanations: [explanations.accuracy],
          },
      {
        id: 'bins',
        title: `${measure.title} by log-SNR`,
        about: `${measure.about}; noise below, data above; the stronger the colour, the larger.`,
        picture: bins(rows, measure, theme),
        numbers: () => binNumbers(rows, measure),
        explanations: [explanations.bins],
        choice: measurePicker(),
        wide: run.learned !== undefined || !weighed,
      },
    ];
    if (run.model === 'backprop') return cards.slice(0, 2); // it knows no log-SNR
    // beside the schedule, which settles how many rows there are of each log-SNR
    const weights = weighed ? [sources] : [];
    return run.learned ? [...weights, ...cards] : [...cards, ...weights];
  };
}

const lossTexts: Readonly<Record<ModelId, string>> = {
  ct: 'E[½ min(SNR′, c) |u − z_T|²], eqs. 20 and 21 with a capped weight.',
  dt: 'The sum over the blocks of ½ (SNR_t − SNR_s) E|u − z_T|², where SNR′ is capped.',
  fm: 'E|v − (z₁ − z₀)|², by t; the errors by log-SNR are those of u = z + (1 − t) v.',
  backprop: 'The cross-entropy of the classes, or the squared error of numbers.',
};

const lossText = ({ learned, model }: RunRecord) =>
  learned ? 'E[½ SNR′ |u − z_T|²], eqs. 20 and 21, no weight capped as the schedule is trained too.' : lossTexts[model];

const partsOf = ({ data, seed }: RunRecord) => `${data.trainRows} train and ${data.testRows} test rows, seed ${seed}`;

const steps = (last: number) => ({ title: 'step', range: [0, Math.max(last, 1)] as const });

function lossPicture({ step, loss, variance, denoising, crossEntropy, kl }: Metrics, theme: Theme): Picture {
  const line = (label: string, y: Float64Array, k: number): Series => ({ label, x: step, y, color: colorOf(theme, k) });
  const series = [
    line('loss', loss, 0),
    { ...line('spread of a row', variance.map(Math.sqrt), 1), dash: [4, 3] },
    line('denoising', denoising, 2),
    line('cross-entropy', crossEntropy, 3),
    line('KL at t = 0', kl, 4),
  ].filter(({ y }) => !y.length || !Array.from(y).every(Number.isNaN));
  return { x: steps(step.at(-1) ?? 1), y: { title: 'loss', log: true }, series };
}

function accuracyPicture(metrics: Metrics, theme: Theme, title: 'accuracy' | 'RMSE'): Picture {
  const { step, evaluatedAt, trainAccuracy, testAccuracy, trainRmse, testRmse } = metrics;
  const [train, test] = title === 'RMSE' ? [trainRmse, testRmse] : [trainAccuracy, testAccuracy];
  const row = (label: string, y: Float64Array, k: number): Series => ({
    label,
    x: evaluatedAt,
    y,
    color: colorOf(theme, k),
    marker: k ? 'square' : 'circle',
  });
  return {
    x: steps(step.at(-1) ?? 1),
    y: { title, most: title === 'accuracy' ? 1 : undefined },
    series: [row('train', train, 0), row('test', test, 1)],
  };
}

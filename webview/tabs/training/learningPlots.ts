import { html, type TemplateResult } from 'lit';
import type { RunSummary } from '../../../src/core/runs/runList';
import { memo } from '../../plot/memo';
import type { Overlay } from '../../state/overlaidRuns';
import type { PlotSpec } from '../../plot/spec';
import type { TrainingPage } from './trainingPage';
import { binAxis, binMeasures, binSpec, sourceSpec, type BinMeasure } from './plots/bins';
import { lossSpec, lossText, scoreSpec } from './plots/learning';
import { runText } from './plots/runText';

/** Plots, and what stands beside the titles of some. */
export interface Plots {
  readonly specs: readonly PlotSpec[];
  readonly choices?: Readonly<Record<string, TemplateResult | undefined>>;
}

/** Whether a run learns: its loss, its accuracy, and where in log-SNR it still errs. */
export function learningPlots(page: Pick<TrainingPage, 'runs' | 'theme' | 'changed'>): () => Plots {
  const loss = memo(lossSpec);
  const score = memo(scoreSpec);
  const bins = memo(binSpec);
  const source = memo(sourceSpec);
  const others = memo((all: readonly Overlay[], own: string) => all.filter(({ id }) => id !== own));
  const axisOf = memo((low: number | undefined, high: number | undefined) => binAxis(low, high));
  /** What the strip of bins shows. */
  let measure: BinMeasure = binMeasures[0];

  const measurePicker = () => {
    const pick = ({ target }: Event) => {
      measure = binMeasures.find(({ id }) => id === (target as HTMLSelectElement).value)!;
      page.changed();
    };
    return html`<select class="apart" aria-label="What the bins show" data-testid="bin-measure" @change=${pick}>
      ${binMeasures.map(({ id, title }) => html`<option value=${id} .selected=${id === measure.id}>${title}</option>`)}
    </select>`;
  };

  return () => {
    const { theme, runs } = page;
    const { run, metrics } = runs;
    if (!run || !metrics) return { specs: [] };
    const { rows } = metrics;
    const made = runText(run);
    const learned = run.learned !== undefined;
    const weighed = rows.contributions.some(Number.isFinite);
    const over = others(runs.overlaid.shown, run.id);
    const curves = [
      loss(rows, theme, lossText(run), made, over),
      score(rows, theme, run.data.regression, rowsText(run), made, over),
    ];
    if (run.model === 'backprop') return { specs: curves }; // it knows no log-SNR
    const axis = axisOf(run.logSnr?.[0], run.logSnr?.[1]);
    const all = [...curves, bins(rows, measure, axis, theme, made, learned || !weighed)];
    // beside the schedule, which settles how many rows there are of each log-SNR
    const sources = weighed ? [source(rows, learned, axis, theme, made)] : [];
    return { specs: learned ? [...sources, ...all] : [...all, ...sources], choices: { bins: measurePicker() } };
  };
}

const rowsText = ({ data, seed }: RunSummary) => `${data.trainRows} train and ${data.testRows} test rows, seed ${seed}`;

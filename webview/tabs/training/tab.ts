import { html, nothing, type TemplateResult } from 'lit';
import type { RunSummary } from '../../../src/core/runs/runList';
import { panel } from '../../controls/panel';
import { SettingsForm } from '../../controls/settingsForm';
import { unreadableText } from '../../controls/unreadableText';
import { PlotGrid } from '../../plot/plotGrid';
import { learnedPlots } from './learnedPlots';
import { learningPlots, type Plots } from './learningPlots';
import { trainedSchedulePlots } from './trainedSchedulePlots';
import type { Store } from '../../state/store';
import { canConclude, conclusionSection } from './conclusionSection';
import { trainButtons } from './trainButtons';
import { ConclusionQueries } from './conclusionQueries';
import { damagedRuns } from './damagedRuns';
import { DataQuery } from './data/dataQuery';
import { DataSection } from './data/dataSection';
import { followDrops } from './data/dropFile';
import { EvaluationSection } from './evaluationSection';
import { MeasureQueries } from './measureQueries';
import { MistakesCard } from './mistakesCard';
import { ModelsSection } from './modelsSection';
import { SweepSection } from './sweep/sweepSection';
import { section } from './section';
import { Playback } from './playback';
import { queueList } from './queueList';
import { advancedSettings, basicSettings } from './settings';
import { runSummary } from './runSummary';
import { importButton } from './weightsBar';
import type { Tab } from '../tab';

/** In place of plots of a way from noise to data, where there is none. */
const PASS = html`<p class="about-line" data-testid="no-path">
  Backpropagation answers in one pass, without a path from noise to data: there are no trajectories, no errors by
  log-SNR and no boundary over time.
</p>`;

/** Whether it is learning, what it learned, and how good it is. */
export function trainingTab(store: Store): Tab {
  const { runs } = store;
  const measures = new MeasureQueries(store.request, store.changed);
  const conclusions = new ConclusionQueries(store.request, store.changed);
  const form = new SettingsForm(store, 'training');
  const dataQuery = new DataQuery(store);
  const data = new DataSection(store, dataQuery);
  followDrops(store, () => store.tab.set({ tab: 'training' }));
  const grid = new PlotGrid(store.plots);
  const tested = new PlotGrid(store.plots);
  const trained = trainedSchedulePlots(store);
  const learning = learningPlots(store);
  const playback = new Playback(store);
  const mistakes = new MistakesCard(store.plots);
  const learned = learnedPlots(store, playback);
  const conclusion = conclusionSection(store, conclusions, tested);
  const evaluation = new EvaluationSection(store, measures);
  const comparison = new ModelsSection(store, measures);
  const sweep = new SweepSection(store);
  const sweepGrid = new PlotGrid(store.plots);

  const sweepPart = () => {
    const drawn = sweepGrid.render(sweep.plots());
    const taken = drawn.splice(0, sweep.plots().length);
    return html`${section('sweep', 'Sweep', sweep.content(taken), sweep.action())} ${drawn}`;
  };

  const fields = () => form.render(basicSettings(store, dataQuery.value), advancedSettings(store.editing));

  const later = (run: RunSummary) =>
    html`<p class="about-line">
      ${store.learned.problem ?? (run.state === 'running' ? 'Appears when the training has ended.' : 'Appears once the run has been tested.')}
    </p>`;

  const parts = (run: RunSummary): TemplateResult => {
    const { results } = runs;
    const plots = [trained(), learning()];
    const [schedule, curves] = plots.map(({ specs }) => specs);
    const groups = [learned(), [...schedule!, ...curves!], evaluation.plots(run), comparison.plots()];
    const choices = Object.assign({}, ...plots.map(({ choices = {} }) => choices)) as Plots['choices'];
    const drawn = grid.render(groups.flat(), choices);
    const take = (count: number) => drawn.splice(0, count);
    const [shape, rise, assessed, seeds] = groups.map(({ length }) => take(length));
    const stale = results.busy && run.state !== 'running';
    const cards = (content: unknown) => html`<div class="grid pair ${stale ? 'stale' : ''}">${content}</div>`;
    const { shown } = store.learned;
    const { boundary, trajectories, evaluation: answers } = shown?.value ?? {};
    const wrong = answers && mistakes.render(answers, store.theme, boundary === undefined);
    return html`${section(
      'learned',
      'What it learned',
      [
        results.error ? html`<p class="error-text" role="alert">${results.error.message}</p>` : nothing,
        run.model === 'backprop' ? PASS : nothing,
        shape!.length ? cards([shape, wrong]) : later(run),
      ],
      shown && playback.content((boundary ?? trajectories)?.times),
    )}
    ${section('learning', 'Learning', cards(rise))}
    ${section(
      'evaluation',
      'Evaluation',
      html`${shown ? cards([evaluation.classTable(), assessed]) : later(run)} ${evaluation.metricsTable()}`,
      evaluation.status(run),
    )}
    ${section('models', 'Comparison of models', comparison.content(seeds!), comparison.action())} ${drawn}`;
  };

  return {
    id: 'training',
    title: 'Training',
    update() {
      runs.updateRecords(store.experiment!.name);
      const { readable } = store.snapshot!.files;
      if (runs.readable !== readable) measures.retry();
      runs.readable = readable;
      runs.updateRun();
      dataQuery.update();
      store.learned.update();
      const { run } = runs;
      if (run) {
        evaluation.update(run);
        comparison.update();
        if (canConclude(run)) conclusions.update(run.id);
      }
      if (store.takeStart('training')) void runs.train();
    },
    render() {
      if (!store.experiment) return unreadableText('Training starts here', store.ask);
      const { run, failure } = runs;
      return html`<div class="columns" data-tab="training">
        ${panel(store, 'Training', fields(), trainButtons(runs))}
        <div class="main">
          ${failure ? html`<p class="error-text" role="alert" data-testid="training-error">${failure}</p>` : nothing}
          ${queueList(runs)} ${damagedRuns(runs)} ${data.render()}
          ${
            run
              ? html`${runSummary(runs, run)} ${parts(run)} ${run.model === 'backprop' ? nothing : conclusion(run)}`
              : html`<p class="empty">
                  Loss, accuracy, the decision boundary and trajectories of the trained model appear here, and all four
                  kinds side by side once they are trained.
                  <span class="actions">
                    <button type="button" class="link" @click=${() => void runs.train()}>Train the first model</button>
                    <button type="button" class="link" @click=${() => void runs.trainModels()}>Train all four</button>
                    ${importButton(runs)}
                  </span>
                </p>`
          }
          ${sweepPart()}
        </div>
      </div>`;
    },
    draw() {
      data.draw();
      grid.draw();
      sweepGrid.draw();
      tested.draw();
      const wanted = store.section && document.getElementById(`part-${store.section}`);
      if (!wanted) return;
      store.section = undefined;
      wanted.scrollIntoView();
    },
  };
}

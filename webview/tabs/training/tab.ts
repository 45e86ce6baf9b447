import { html, nothing, type TemplateResult } from 'lit';
import type { RunRecord } from '../../../src/core/runs/record';
import { panel } from '../../controls/panel';
import { PlotGrid } from '../../plot/plotGrid';
import { plotHost } from '../../state/plotHost';
import { learnedPlots } from './learned';
import { learningPlots, type Plots } from './learning';
import { trainedSchedulePlots } from './trainedSchedule';
import type { Store } from '../../state/store';
import { canConclude, conclusionSection } from './conclusion';
import { actions } from './actions';
import { EvaluationPart } from './evaluation';
import { ModelsPart } from './models';
import { part } from './part';
import { queueList } from './queue';
import { settings } from './settings';
import { summary } from './summary';
import { importButton } from './weights';
import type { Tab } from '../tab';

/** In place of plots of a way from noise to data, where there is none. */
const PASS = html`<p class="about-line" data-testid="no-path">
  Backpropagation answers in one pass, without a path from noise to data: there are no trajectories, no errors by
  log-SNR and no boundary over time.
</p>`;

/** Whether it is learning, what it learned, and how good it is. */
export function trainingTab(store: Store): Tab {
  const grid = new PlotGrid(plotHost(store));
  const tested = new PlotGrid(plotHost(store));
  const trained = trainedSchedulePlots(store);
  const learning = learningPlots(store);
  const learned = learnedPlots(store);
  const conclusion = conclusionSection(store, tested);
  const evaluation = new EvaluationPart(store);
  const comparison = new ModelsPart(store);

  const later = (run: RunRecord) =>
    html`<p class="about-line">
      ${run.state === 'running' ? 'Appears when the training has ended.' : 'Appears once the run has been tested.'}
    </p>`;

  const parts = (run: RunRecord): TemplateResult => {
    const { results } = store.study;
    const { first, measured } = evaluation.plots(run);
    const plots = [trained(), learning(), learned()];
    const [schedule, curves, shapes] = plots.map(({ specs }) => specs);
    const groups = [[...schedule!, ...curves!], shapes!, first, measured, comparison.plots()];
    const choices = Object.assign({}, ...plots.map((part) => part.choices)) as Plots['choices'];
    const drawn = grid.render(groups.flat(), choices);
    const take = (count: number) => drawn.splice(0, count);
    const [rise, shape, classes, assessed, seeds] = groups.map(({ length }) => take(length));
    const cards = (content: unknown) => html`<div class="grid pair ${results.busy ? 'stale' : ''}">${content}</div>`;
    return html`${part('learning', 'Learning', cards(rise))}
    ${results.error ? html`<p class="error-text" role="alert">${results.error.message}</p>` : nothing}
    ${part('learned', 'What it learned', [
      run.model === 'backprop' ? PASS : nothing,
      shape!.length ? cards(shape) : run.model === 'backprop' ? nothing : later(run),
    ])}
    ${part(
      'evaluation',
      'Evaluation',
      html`${classes!.length + assessed!.length ? cards([classes, evaluation.classTable(), assessed]) : later(run)}
      ${evaluation.metricsTable()}`,
      evaluation.status(run),
    )}
    ${part('models', 'Comparison of models', comparison.content(seeds!), comparison.action())} ${drawn}`;
  };

  return {
    id: 'training',
    title: 'Training',
    update() {
      const { study } = store;
      study.updateRuns();
      study.updateRun();
      const { run } = study;
      if (run) {
        evaluation.update(run);
        comparison.update();
        if (canConclude(run)) study.conclusions.update(run.id);
      }
      if (store.starting !== 'training') return;
      store.starting = undefined;
      void study.train();
    },
    render() {
      if (!store.experiment) return html`<p class="empty">Training starts here once the text can be read.</p>`;
      const { study } = store;
      const { run, failure } = study;
      return html`<div class="columns" data-tab="training">
        ${panel(store.blocked, 'Training', settings(store.editing), actions(store))}
        <div class="main">
          ${failure ? html`<p class="error-text" role="alert" data-testid="training-error">${failure}</p>` : nothing}
          ${queueList(store)}
          ${
            run
              ? html`${summary(store, run)} ${parts(run)} ${run.model === 'backprop' ? nothing : conclusion(run)}`
              : html`<p class="empty">
                  Loss, accuracy, the decision boundary and trajectories of the trained model appear here, and all four
                  kinds side by side once they are trained.
                  <button type="button" class="link" @click=${() => void study.train()}>Train the first model</button>
                  <button type="button" class="link" @click=${() => void study.trainModels()}>Train all four</button>
                  ${importButton(study)}
                </p>`
          }
        </div>
      </div>`;
    },
    draw() {
      grid.draw();
      tested.draw();
      const asked = store.part && document.getElementById(`part-${store.part}`);
      if (!asked) return;
      store.part = undefined;
      asked.scrollIntoView();
    },
  };
}

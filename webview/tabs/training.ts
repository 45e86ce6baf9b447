import { html, nothing } from 'lit';
import { panel } from '../controls/field';
import { Easel } from '../pictures/easel';
import { learnedCards } from '../pictures/learned';
import { learningCards } from '../pictures/learning';
import { scheduleCards } from '../pictures/trainedSchedule';
import type { Store } from '../store';
import { conclusionSection } from '../training/conclusion';
import { actions } from '../training/actions';
import { queueList } from '../training/queue';
import { settings } from '../training/settings';
import { summary } from '../training/summary';
import { importButton } from '../training/weights';
import type { Tab } from './tab';

/** In place of pictures of a way from noise to data, where there is none. */
const PASS = html`<p class="about-line" data-testid="no-path">
  Backpropagation answers in one pass, without a path from noise to data: there are no trajectories, no errors by
  log-SNR and no boundary over time.
</p>`;

/** Whether it is learning, and what it learned. */
export function trainingTab(store: Store): Tab {
  const [easel, side] = [new Easel(store), new Easel(store)];
  const [trained, learning, learned] = [scheduleCards(store), learningCards(store), learnedCards(store)];
  const conclusion = conclusionSection(store, side);
  return {
    id: 'training',
    title: 'Training',
    render() {
      if (!store.experiment) return html`<p class="empty">Training starts here once the text can be read.</p>`;
      const { study } = store;
      study.followRuns();
      if (store.starting === 'training') {
        store.starting = undefined;
        void study.train();
      }
      const { run, results, failure } = study;
      return html`<div class="columns" data-tab="training">
        ${panel(store, 'Training', settings(store), actions(store))}
        <div class="main">
          ${failure ? html`<p class="error-text" role="alert" data-testid="training-error">${failure}</p>` : nothing}
          ${queueList(store)}
          ${
            run
              ? html`${summary(store, run)}
                  ${results?.error ? html`<p class="error-text" role="alert">${results.error}</p>` : nothing}
                  <div class="grid pair ${results?.busy ? 'stale' : ''}">
                    ${easel.render([...trained(), ...learning(), ...learned()])}
                  </div>
                  ${run.model === 'backprop' ? PASS : conclusion(run)}`
              : html`<p class="empty">
                  Loss, accuracy, the decision boundary and trajectories of the trained model appear here.
                  <button type="button" class="link" @click=${() => void study.train()}>Train the first model</button>
                  ${importButton(study)}
                </p>`
          }
        </div>
      </div>`;
    },
    draw: () => [easel, side].forEach((one) => one.draw()),
  };
}

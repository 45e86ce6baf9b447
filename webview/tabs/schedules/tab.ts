import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { charts } from '../../charts/registry';
import { axisSwitch } from './axisSwitch';
import { chartCard } from '../../controls/chartCard';
import { createDeck } from '../../controls/deck';
import { Findings } from './findings';
import { legend } from './legend';
import { rail } from './rail';
import type { Store } from '../../state/store';
import type { Tab } from '../tab';

/** What a schedule does, and how several differ. */
export function schedulesTab(store: Store): Tab {
  const deck = createDeck(store);
  const findings = new Findings();
  return {
    id: 'schedules',
    title: 'Schedules',
    render() {
      const model = deck.board.model();
      const { experiment } = store;
      if (!model || !experiment) return html`<p class="empty">The charts appear here once the text can be read.</p>`;
      // By all schedules, hidden ones too, so that hiding one moves nothing.
      const rows = Math.min(Math.ceil(experiment.schedules.length / 4), 4);
      return html`<div class="columns">
        ${rail(store)}
        <div class="main">
          <div class="toolbar">${axisSwitch(store, model)} ${legend(store)}</div>
          <div class="grid rows-${rows} ${store.blocked ? 'stale' : ''}">
            ${repeat(
              charts,
              ({ id }) => id,
              (row) => chartCard(deck, row, model),
            )}
          </div>
          ${findings.render(model, experiment)}
        </div>
        ${deck.dialog(model)}
        <div class="spoken" aria-live="polite">${store.spoken || nothing}</div>
      </div>`;
    },
    draw: () => deck.board.draw(),
  };
}

import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { Board } from '../charts/board';
import { Gestures } from '../charts/gestures';
import { charts } from '../charts/registry';
import { axisSwitch } from '../controls/axisSwitch';
import { chartCard, type Deck } from '../controls/chartCard';
import { dialog, type Shown } from '../controls/dialog';
import { Findings } from '../controls/findings';
import { legend } from '../controls/legend';
import { rail } from '../controls/rail';
import type { Store } from '../store';
import type { Tab } from './tab';

/** What a schedule does, and how several differ. */
export function schedulesTab(store: Store): Tab {
  const board = new Board(store);
  const findings = new Findings();
  let shown: Shown | undefined;
  const deck: Deck = {
    store,
    board,
    gestures: new Gestures(board),
    open: (next) => {
      shown = next;
      store.changed();
      requestAnimationFrame(() => document.querySelector('dialog')?.showModal());
    },
  };
  const close = () => {
    shown = undefined;
    store.changed();
  };
  return {
    id: 'schedules',
    title: 'Schedules',
    render() {
      const model = board.model();
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
        ${dialog(shown, model, close)}
        <div class="spoken" aria-live="polite">${store.spoken || nothing}</div>
      </div>`;
    },
    draw: () => board.draw(),
  };
}

import { html, nothing, render, type TemplateResult } from 'lit';
import { entryLabel } from '../src/core/schedules/entry';
import { charts } from './charts/registry';
import { banner } from './controls/banner';
import { chartCard } from './controls/chartCard';
import { createDeck } from './controls/deck';
import { familyPicker, settings } from './controls/schedule/scheduleCard';
import { fileStatus } from './controls/status';
import { Store } from './state/store';

/** The charts that a narrow column has room for. */
const rows = ['alphaBar', 'logSnr', 'overshoot'].map((id) => charts.find((row) => row.id === id)!);

const root = document.getElementById('app')!;
const store = new Store(draw);
const deck = createDeck(store);
/** Which schedule is shown, of several. */
let selected = 0;

function panel(): TemplateResult {
  const entries = store.experiment?.schedules ?? [];
  selected = Math.min(selected, entries.length - 1);
  const select = ({ target }: Event) => {
    selected = Number((target as HTMLSelectElement).value);
    store.changed();
  };
  store.hidden.clear();
  entries.forEach((_, i) => i !== selected && store.hidden.add(i));
  const model = deck.board.model();
  if (!model) return html`<p class="empty">The charts appear here once the text can be read.</p>`;
  return html`<fieldset class="form" ?disabled=${store.blocked}>
      ${
        entries.length > 1
          ? html`<label class="field">
              <span>Schedule</span>
              <select @change=${select}>
                ${entries.map((row, i) => html`<option value=${i} .selected=${i === selected}>${entryLabel(row)}</option>`)}
              </select>
            </label>`
          : nothing
      }
      ${familyPicker(store, entries[selected]!, selected)} ${settings(store, entries[selected]!, selected)}
    </fieldset>
    <div class="grid rows-1 ${store.blocked ? 'stale' : ''}">${rows.map((row) => chartCard(deck, row, model))}</div>
    ${deck.dialog(model)}
    <div class="spoken" aria-live="polite">${store.spoken || nothing}</div>`;
}

/** Draws the side panel as the store is now. */
function draw(): void {
  const untitled = store.snapshot?.status === 'untitled';
  render(
    store.snapshot
      ? html`<h1 class="spoken">NoProp Lab: ${store.snapshot.file}</h1>
          <header class="bar"><div class="state">${fileStatus(store)}</div></header>
          ${banner(store)} ${panel()}
          <div class="buttons">
            <button type="button" class="primary" @click=${() => void store.ask('openLab', [])}>Open in lab</button>
            ${
              untitled
                ? html`<button type="button" class="secondary" @click=${() => void store.ask('save', [])}>Save</button>`
                : nothing
            }
          </div>`
      : nothing,
    root,
  );
  deck.board.draw();
}

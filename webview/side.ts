import { html, nothing, render, type TemplateResult } from 'lit';
import { entryLabel } from '../src/core/schedules/entry';
import { banner } from './controls/banner';
import { familyPicker, scheduleFields } from './controls/schedule/scheduleCard';
import { fileStatus } from './controls/documentBar';
import { PlotGrid } from './plot/plotGrid';
import { Store } from './state/store';
import { schedulePlotRows } from './tabs/schedules/plots/catalogue';
import { SchedulePlots } from './tabs/schedules/plots/schedulePlots';
import { SCHEDULES } from './tabs/schedules/plots/scheduleSpecs';

/** The plots that a narrow column has room for. */
const charts = ['overshoot', 'alphaBar', 'logSnr'].map((id) => schedulePlotRows.find((chart) => chart.id === id)!);

const root = document.getElementById('app')!;
const store = new Store(draw);
const plots = new SchedulePlots(store);
const grid = new PlotGrid(store.plots, { [SCHEDULES]: plots.view });
/** Which schedule is shown, of several. */
let selected = 0;

function panel(): TemplateResult {
  const entries = store.experiment?.schedules ?? [];
  selected = Math.min(selected, entries.length - 1);
  const select = ({ target }: Event) => {
    selected = Number((target as HTMLSelectElement).value);
    store.changed();
  };
  store.schedules.showOnly(selected);
  if (!plots.lines()) return html`<p class="empty">The plots appear here once the text can be read.</p>`;
  const [hero, ...rest] = grid.render(plots.specs(charts));
  const stale = store.blocked ? 'stale' : '';
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
      ${familyPicker(store.editing, entries[selected]!, selected)}
    </fieldset>
    <div class="grid ${stale}">${hero}</div>
    <fieldset class="form" ?disabled=${store.blocked}>${scheduleFields(store, entries[selected]!, selected)}</fieldset>
    <div class="grid ${stale}">${rest}</div>`;
}

/** Draws the side panel as the store is now. */
function draw(): void {
  const untitled = store.snapshot?.status === 'untitled';
  render(
    store.snapshot
      ? html`<h1 class="spoken">NoProp Lab: ${store.snapshot.file}</h1>
          <header class="bar">
            <div class="state">${fileStatus(store.snapshot.file, store.document.status)}</div>
          </header>
          ${panel()}
          <div class="buttons">
            <button type="button" class="primary" @click=${() => void store.ask('openLab', [])}>Open in lab</button>
            ${
              untitled
                ? html`<button type="button" class="secondary" @click=${() => void store.ask('save', [])}>Save</button>`
                : nothing
            }
          </div>
          ${banner(store)}`
      : nothing,
    root,
  );
  grid.draw();
}

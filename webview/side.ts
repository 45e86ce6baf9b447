import { html, nothing, render, type TemplateResult } from 'lit';
import { entryLabel } from '../src/core/schedules/entry';
import { banner } from './controls/banner';
import { familyPicker, scheduleFields } from './controls/schedule/scheduleCard';
import { FigureDialog } from './controls/figure/figureDialog';
import { fileStatus } from './controls/documentBar';
import { unreadableText } from './controls/unreadableText';
import { legendSymbol } from './plot/legend';
import { PlotGrid } from './plot/plotGrid';
import type { PlotSpec } from './plot/spec';
import { Store } from './state/store';
import { schedulePlotRows } from './tabs/schedules/plots/catalogue';
import { SchedulePlots } from './tabs/schedules/plots/schedulePlots';
import { SCHEDULES } from './tabs/schedules/plots/scheduleSpecs';

/** The plots that a narrow column has room for. */
const charts = ['overshoot', 'alphaBar', 'logSnr'].map((id) => schedulePlotRows.find((chart) => chart.id === id)!);

const root = document.getElementById('app')!;
const store = new Store(draw, panel);
const plots = new SchedulePlots(store);
const grid = new PlotGrid(store.plots, { [SCHEDULES]: plots.view });
const figure = new FigureDialog(store);
// A column has no room for the dialog.
store.pictures = { copy: (id) => figure.copy(id) };
/** Plots as a narrow column has room for them. */
const narrowed = new WeakMap<PlotSpec, PlotSpec>();
/** Which schedule is shown, of several. */
let selected = 0;

/** A plot without what would stand beside its lines. */
function narrow(spec: PlotSpec): PlotSpec {
  const marks = spec.marks.filter(({ beside }) => !beside);
  const made = narrowed.get(spec) ?? { ...spec, gutter: undefined, marks };
  narrowed.set(spec, made);
  return made;
}

/** The names of a plot's lines, which have no room beside them. */
const lineNames = ({ marks }: PlotSpec): TemplateResult =>
  html`<ul class="line-names" aria-label="Lines">
    ${marks
      .flatMap(({ beside = [] }) => beside)
      .map(({ symbol, name, ...looks }) => html`<li>${legendSymbol(looks)} <b>${symbol}</b> <span>${name}</span></li>`)}
  </ul>`;

function panel(): TemplateResult {
  const entries = store.experiment?.schedules ?? [];
  selected = Math.min(selected, entries.length - 1);
  const select = ({ target }: Event) => {
    selected = Number((target as HTMLSelectElement).value);
    store.changed();
  };
  store.schedules.showOnly(selected);
  if (!plots.lines()) return unreadableText('The plots appear here', store.ask);
  const specs = plots.specs(charts);
  const [hero, ...rest] = grid.render(specs.map(narrow));
  const stale = store.blocked ? 'stale' : '';
  return html`<div class="grid ${stale}">${hero} ${lineNames(specs[0]!)}</div>
    <fieldset class="form" ?disabled=${store.blocked}>
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
      ${scheduleFields(store, entries[selected]!, selected)}
    </fieldset>
    <div class="grid ${stale}">${rest}</div>`;
}

/** Draws the side panel as the store is now. */
function draw(): void {
  const { snapshot } = store;
  render(
    snapshot
      ? html`<h1 class="spoken">NoProp Lab: ${snapshot.file}</h1>
          <header class="bar">
            <div class="state">${fileStatus(snapshot.file, store.document.status)}</div>
            <div class="acts">
              ${
                snapshot.status === 'untitled'
                  ? html`<button type="button" class="link" @click=${() => void store.ask('save', [])}>Save</button>`
                  : nothing
              }
              <button type="button" class="link" @click=${() => void store.ask('openLab', [])}>Open in lab</button>
            </div>
          </header>
          ${panel()} ${banner(store)}`
      : nothing,
    root,
  );
  grid.draw();
}

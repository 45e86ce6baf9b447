import { html, nothing, type TemplateResult } from 'lit';
import { entryDynamics } from '../../../src/core/dynamics/entry';
import type { Gallery } from './plots/gallery';
import type { Scene } from './plots/scene';
import type { ClockId, TimeAxis } from './timeAxis';
import { dynamicsName } from '../../plot/dynamicsStroke';
import type { Store } from '../../state/store';
import { chip } from '../../controls/chip';

/** The choice of x axis for all pictures of the dynamics, what to see on it, and where the cursor stands. */
export function clockSwitch(store: Store, axes: readonly TimeAxis[], scene: Scene, position: string): TemplateResult {
  const { entry } = scene.picture.rows[0]!;
  const clock = entryDynamics(entry).clock;
  const why = clock ? '' : `${dynamicsName(entry)} has no clock of its own`;
  const choose = (id: ClockId) => store.look({ clock: id, clockZoom: undefined });
  const option = (id: ClockId, symbol: string, title: string) =>
    html`<label title=${title}
      ><input
        type="radio"
        name="clock"
        value=${id}
        .checked=${id === scene.axis.id}
        ?disabled=${id === 'own' && !clock}
        @change=${() => choose(id)}
      /><span>${symbol}</span></label
    >`;
  return html`<fieldset class="axis">
      <legend>x axis</legend>
      ${axes.map(({ id, symbol, sentence }) => option(id, symbol, sentence))}
      ${clock ? nothing : option('own', 'ψ', `${why}: choose another dynamics`)}
    </fieldset>
    <output class="cursor" data-readout="x">${position}</output>
    ${
      store.view.clockZoom
        ? html`<button type="button" class="link" @click=${() => store.look({ clockZoom: undefined })}>
            Reset zoom
          </button>`
        : nothing
    }
    <span class="direction"
      >${scene.axis.sentence}${store.view.clock === 'own' && why ? `; ${why}, so t is shown` : ''}.</span
    >`;
}

/** The legend of all pictures: a click hides a dynamics, Alt and a click shows it alone. */
export const dynamicsLegend = ({ all, lines }: Scene, gallery: Gallery): TemplateResult =>
  html`<div class="legend" role="group" aria-label="Dynamics shown">
    ${all.map(
      ({ key, label, stroke }) =>
        html`<button
          type="button"
          data-line=${key}
          aria-pressed=${lines.some((line) => line.key === key) ? 'true' : 'false'}
          title=${`${label}: click to hide or show, Alt-click to show alone`}
          @click=${(event: MouseEvent) => gallery.toggle(key, event.altKey)}
        >
          ${chip(stroke)}<span>${label}</span>
        </button>`,
    )}
  </div>`;

import { html, nothing, type TemplateResult } from 'lit';
import { denoiserFamily, denoisers } from '../../../src/core/denoisers';
import { entryLabel } from '../../../src/core/schedules/entry';
import { defaults } from '../../../src/core/registry/parameters';
import { starts } from '../../../src/core/process/starts';
import { Gestures, type Range, type Surface } from '../../charts/gestures';
import { clockSwitch, dynamicsLegend } from './clockSwitch';
import { dynamicsEquation, dynamicsPicker, methodPicker, noiseCheck, overlayChecks } from '../../controls/dynamics';
import { field, forget, idPicker, panel, picker } from '../../controls/field';
import { gridPicker } from '../../controls/grid';
import { icon } from '../../controls/parts';
import { sliders } from '../../controls/slider';
import type { Card } from '../../pictures/card';
import { Gallery } from './plots/gallery';
import { Easel } from '../../pictures/easel';
import type { Store } from '../../state/store';
import type { Tab } from '../tab';

/** Milliseconds in which the marker goes from noise to data. */
const DURATION = 4000;

/** Where the state goes, and when the models part. */
export function dynamicsTab(store: Store): Tab {
  const gallery = new Gallery(store);
  let cards: readonly Card[] = [];
  let playing = false;

  const surface: Surface = {
    extent: () => gallery.extent(),
    cursor: () => gallery.cursor(),
    moveTo(x) {
      playing = false;
      gallery.moveTo(x);
    },
    zoom: (range: Range | undefined) => store.look({ clockZoom: range }),
    positionAt: (id, clientX) => (id === 'plane' ? undefined : easel.positionAt(id, clientX)),
    brush: (id, range) => gallery.brush(id, range),
    speak(id) {
      const { title, readings = [] } = cards.find((card) => card.id === id) ?? {};
      const list = readings.map(({ label, text }) => `${label} ${text}`).join(', ');
      store.spoken = `${gallery.position()}. ${title}: ${list}`;
      store.changed();
    },
  };
  const easel = new Easel(store, new Gestures(surface));

  const play = () => {
    playing = !playing;
    const begun = performance.now();
    // with reduced motion the marker steps through eight places instead of gliding
    const pieces = matchMedia('(prefers-reduced-motion: reduce)').matches ? 8 : Infinity;
    const frame = (now: number) => {
      if (!playing) return;
      const share = Math.min(Math.max(now - begun, 0) / DURATION, 1);
      gallery.goTo(pieces === Infinity ? share : Math.floor(share * pieces) / pieces);
      if (share === 1) playing = false;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    store.changed();
  };

  const settings = () => {
    const { denoiser, schedules } = store.experiment!;
    const family = denoiserFamily(denoiser.id);
    const choose = (id: string) => {
      forget(store, 'denoiser');
      store.edit({ path: ['denoiser'], value: { id, params: defaults(denoiserFamily(id)) } });
    };
    return [
      dynamicsPicker(store),
      dynamicsEquation(store),
      noiseCheck(store),
      overlayChecks(store),
      picker('u in closed form', denoiser.id, denoisers, choose, 'denoiser'),
      sliders(store, ['denoiser', 'params'], family.parameters),
      html`<div class="entry" title="The first of the Schedules tab is integrated">
        <span>Schedule, the first of its tab</span>${entryLabel(schedules[0]!)}
      </div>`,
      methodPicker(store),
      field(store, ['integrator', 'steps'], 'Steps', 'number'),
      gridPicker(store),
      idPicker(store, ['start'], 'Start', starts),
      field(store, ['comparison', 'paths'], 'Paths', 'number'),
      field(store, ['seed'], 'Seed', 'number'),
    ];
  };

  const toolbar = (): TemplateResult | typeof nothing => {
    const scene = gallery.scene();
    if (!scene) return nothing;
    return html`<div class="toolbar">
        ${clockSwitch(store, gallery.axes(), scene, gallery.position())} ${dynamicsLegend(scene, gallery)}
      </div>
      ${scene.picture.notes.map((note) => html`<p class="lead remark">${icon('info')} <span>${note}</span></p>`)}`;
  };

  /** What is computed where that takes long, and why there is nothing new where it failed. */
  const state = (): TemplateResult => {
    const { dynamics } = store.study;
    const { busy, progress, error } = dynamics;
    const cancelled = error?.code === 'cancelled';
    return html`<div class="over">
      <div class="progress ${busy ? 'on' : ''}"></div>
      ${
        progress && busy
          ? html`<p class="lead working" role="status" data-testid="working">
              <span>Computing ${progress.what}, ${Math.round((100 * progress.done) / progress.total)} % done.</span>
              <button type="button" class="link" @click=${() => dynamics.cancel()}>Cancel</button>
            </p>`
          : nothing
      }
      ${
        error && !busy
          ? html`<p class="error-text" role="alert" data-testid="dynamics-error">
              ${cancelled ? 'The computation was cancelled; what is drawn is older than the settings.' : error.message}
              ${cancelled ? html`<button type="button" class="link" @click=${() => dynamics.retry()}>Compute again</button>` : nothing}
            </p>`
          : nothing
      }
    </div>`;
  };

  return {
    id: 'dynamics',
    title: 'Dynamics',
    update: () => store.study.updateDynamics(),
    render() {
      if (!store.experiment) return html`<p class="empty">The paths appear here once the text can be read.</p>`;
      const { value, error, busy } = store.study.dynamics;
      cards = gallery.cards();
      const action = html`<button type="button" class="primary" ?disabled=${!value} @click=${play}>
        ${icon(playing ? 'debug-stop' : 'play')} ${playing ? 'Stop the marker' : 'Play along t'}
      </button>`;
      const readings = Math.max(...cards.map((card) => card.readings?.length ?? 0), 1);
      const stale = busy || error !== undefined || store.blocked;
      return html`<div class="columns" data-tab="dynamics">
        ${panel(store, 'Dynamics', settings(), action)}
        <div class="main">
          ${state()} ${toolbar()}
          <div class="grid study rows-${Math.min(Math.ceil(readings / 4), 4)} ${stale ? 'stale' : ''}">
            ${easel.render(cards)}
          </div>
          ${value ? html`<p class="problem">${value.problem}</p>` : error ? nothing : html`<p class="empty">The paths of the dynamics appear here.</p>`}
        </div>
        <div class="spoken" aria-live="polite">${store.spoken || nothing}</div>
      </div>`;
    },
    draw: () => easel.draw(),
  };
}

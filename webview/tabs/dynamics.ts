import { html, nothing } from 'lit';
import { denoiserFamily, denoisers } from '../../src/core/denoisers';
import { dynamicsFamily } from '../../src/core/dynamics';
import { grids } from '../../src/core/grids';
import { integrators } from '../../src/core/integrators';
import { defaults } from '../../src/core/parameters';
import { starts } from '../../src/core/starts';
import type { DynamicsPicture } from '../../src/protocol/pictures';
import { field, idPicker, panel, parameterFields, picker } from '../controls/field';
import { icon } from '../controls/parts';
import type { Card } from '../pictures/card';
import { Easel } from '../pictures/easel';
import { memo } from '../pictures/memo';
import type { Picture, Series } from '../pictures/picture';
import type { Store } from '../store';
import type { Theme } from '../theme';
import type { Tab } from './tab';

/** The most paths of each dynamics that are drawn; the gap is over all. */
const DRAWN = 16;

/** Dynamics keep their dash everywhere. */
const DASHES: readonly (readonly number[])[] = [[], [7, 3], [2, 2], [8, 2, 2, 2]];

/** Milliseconds in which the marker goes from noise to data. */
const DURATION = 4000;

/** Where the state goes, and when the models part. */
export function dynamicsTab(store: Store): Tab {
  const easel = new Easel(store);
  const pathPicture = memo(paths);
  const gapPicture = memo(gaps);
  const lookAt = memo((at: number | undefined) => ({ cursor: at }));
  let cursor: number | undefined;
  let playing = false;

  const play = (times: Float64Array) => {
    playing = !playing;
    const [from, to] = [times[0]!, times.at(-1)!];
    const begun = performance.now();
    // with reduced motion the marker steps through eight places instead of gliding
    const pieces = matchMedia('(prefers-reduced-motion: reduce)').matches ? 8 : Infinity;
    const frame = (now: number) => {
      const share = Math.min((now - begun) / DURATION, 1);
      const shown = pieces === Infinity ? share : Math.floor(share * pieces) / pieces;
      cursor = from + (to - from) * shown;
      if (share === 1) playing = false;
      store.changed();
      if (playing) requestAnimationFrame(frame);
    };
    if (playing) requestAnimationFrame(frame);
  };

  const settings = () => {
    const { denoiser } = store.experiment!;
    const family = denoiserFamily(denoiser.id);
    const choose = (id: string) =>
      store.edit({ path: ['denoiser'], value: { id, params: defaults(denoiserFamily(id)) } });
    return [
      picker('u in closed form', denoiser.id, denoisers, choose, 'denoiser'),
      parameterFields(store, ['denoiser', 'params'], family.parameters),
      idPicker(store, ['integrator', 'id'], 'Integrator', integrators),
      field(store, ['integrator', 'steps'], 'Steps', 'number'),
      idPicker(store, ['grid'], 'Grid', grids),
      idPicker(store, ['start'], 'Start', starts),
      field(store, ['comparison', 'paths'], 'Paths', 'number'),
      field(store, ['seed'], 'Seed', 'number'),
    ];
  };

  return {
    id: 'dynamics',
    title: 'Dynamics',
    render() {
      if (!store.experiment) return html`<p class="empty">The paths appear here once the text can be read.</p>`;
      store.study.followDynamics();
      const { value, error, busy } = store.study.dynamics ?? { busy: true };
      const look = lookAt(cursor);
      const cards: Card[] = value
        ? [
            {
              id: 'paths',
              title: 'Paths z(t)',
              about: 'From the same starts; thin grey lines are the closed form for u held at its last value.',
              picture: pathPicture(value, store.theme),
              look,
              tall: true,
            },
            {
              id: 'gap',
              title: 'Gap from eq. 27',
              about: 'Root mean square distance over all paths at each time.',
              picture: gapPicture(value, store.theme),
              look,
              tall: true,
            },
          ]
        : [];
      const action = html`<button
        type="button"
        class="primary"
        ?disabled=${!value}
        @click=${() => value && play(value.times)}
      >
        ${icon(playing ? 'debug-stop' : 'play')} ${playing ? 'Stop the marker' : 'Play along t'}
      </button>`;
      return html`<div class="columns" data-tab="dynamics">
        ${panel(store, 'Dynamics', settings(), action)}
        <div class="main">
          <div class="progress ${busy ? 'on' : ''}"></div>
          ${error ? html`<p class="error-text" role="alert">${error}</p>` : nothing}
          <p class="lead">
            Time runs from noise (t = 0) to data (t = 1). Eq. 27 is the drift of the reverse process without its noise:
            on a mixture its paths collapse to one mode, which is harmless where x decides the label.
          </p>
          <div class="grid pair ${busy || store.blocked ? 'stale' : ''}">${easel.render(cards)}</div>
          ${value ? html`<p class="problem">${value.problem}</p>` : nothing}
        </div>
      </div>`;
    },
    draw: () => easel.draw(),
  };
}

const nameOf = (id: string) => {
  const { title, number } = dynamicsFamily(id);
  return number ? `${title} (eq. ${number})` : title;
};

function paths({ rows, times, n }: DynamicsPicture, theme: Theme): Picture {
  const drawn = Math.min(n, DRAWN);
  const path = (states: Float64Array, i: number) => times.map((_, k) => states[k * n + i]!);
  const index = Array.from({ length: drawn }, (_, i) => Math.floor((i * n) / drawn));
  const lines = (make: (row: DynamicsPicture['rows'][number], r: number, i: number) => Series) =>
    rows.flatMap((row, r) => index.map((i) => make(row, r, i)));
  const oracles = lines((row, _, i) => ({
    label: '',
    x: times,
    y: path(row.oracle, i),
    color: theme.foreground,
    width: 1,
    opacity: theme.contrast ? 0.35 : 0.12,
    guide: true,
  }));
  const states = lines((row, r, i) => ({
    label: nameOf(row.dynamics),
    x: times,
    y: path(row.states, i),
    color: theme.series[r % theme.series.length]!,
    dash: DASHES[r % DASHES.length],
    width: 1.25,
  }));
  return { x: { title: 't', range: [0, 1] }, y: { title: 'z' }, series: [...oracles, ...states] };
}

function gaps({ rows, times }: DynamicsPicture, theme: Theme): Picture {
  const series = rows.slice(1).map((row, i) => ({
    label: nameOf(row.dynamics),
    x: times,
    y: row.gap.map((value) => value || NaN), // the common start has no place on a log axis
    color: theme.series[(i + 1) % theme.series.length]!,
    dash: DASHES[(i + 1) % DASHES.length],
  }));
  return { x: { title: 't', range: [0, 1] }, y: { title: 'RMS distance', log: true }, series };
}
